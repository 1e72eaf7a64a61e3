"""Which focal points to ask first: what past Actions say of each state, and what it says itself.

history     past Actions and a need as arrays
lenders     how readily each state lends
stances     what states say themselves: interests, answers
suggest     states in order, with reasons
evaluate    one Action left out, and one country
"""
