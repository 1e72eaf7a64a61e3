"""Teams out of a ranking, exactly: rules, the programme they make, and the check of a given team.

constraints  what a seat and a team ask for, in rows and words
experience   what a person's facts say surely
wishes       what is set for one team: pairs, load, rotation, continuity
fitting      what keeps whom from which seat
sifting      who can be in a best team at all, with the proof
programme    seats × people as an integer programme, solved
coding       a team as a programme, and back
southern     why somebody holds the Southern seat
seating      a team put together by hand, and who else could sit where
easing       the conditions of the request as the rules have them
loosening    what rules may give up, step by step
attempts     one try at a team by looser rules
relaxations  the ways out where there is no team, counted and solved
shortages    what too few people have, in words
coverage     who of a team covers what is asked for
compose      proposals, alternates, ways out
checking     a team somebody else put together
history      proposed teams beside those that went
jobs         one request of a portfolio, looked at as far as needed
caps         what nobody may exceed over several teams
rows         several teams as rows, and their prices
joint        several teams solved exactly
gaps         whom the roster lacks
portfolio    teams for all open requests of a period
"""
