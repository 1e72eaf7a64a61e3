"""Every read: select, then read models; one module per noun.

Whatever touches personal data adds the condition of `roster.policy` for its actor, so that a row
out of reach is told like a row that does not exist.
"""
