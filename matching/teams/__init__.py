"""Teams out of a ranking, exactly: rules, the programme they make, and the check of a given team.

constraints  what a seat and a team ask for, in rows and words
wishes       what is set for one team: pairs, load, rotation, continuity
programme    seats × people as an integer programme, solved
coding       a team as a programme, and back
compose      proposals, alternates, ways out
checking     a team somebody else put together
"""
