"""Data protection: what a facility says, papers made of it, restriction, copies, times of keeping.

configuration  what a facility says about law, controllers, bases and times
papers         a paper as sections and rows, and the ways it is written out
register       the register of processing and the notice to experts
assessment     the data protection impact assessment, begun from the configuration
restrictions   a record that is kept and used for nothing
holdings       everything held on a person, for that person
keeping        what goes when its time is over, after a warning
"""
