"""Which focal points to ask first: what past Actions say of each state.

history     past Actions and a need as arrays
lenders     how readily each state lends
suggest     states in order, with reasons
evaluate    one Action left out, and one country
"""
