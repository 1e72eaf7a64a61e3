"""Thousands of requests ranked over people in parts, by any number of processes and machines.

`sources` says what is ranked: an `outside` collection, or the roster as it is `stored`. `tasks` are
what a process does with one part, `work` the folder that keeps what is done, `crew` the processes,
and `run` hands the tasks out and puts the answers together.
"""
