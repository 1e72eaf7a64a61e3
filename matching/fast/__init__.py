"""The exact engine: everybody is scored in one pass over postings and columns, nobody is skipped.

A record is what ranking reads of one person, as small whole numbers: postings (a key with an
impact of one byte), byte columns, a calendar of 64 weeks and a short int8 vector. A need is what
is asked, as weights and tables of points. All arithmetic is in whole numbers, so the numpy pass and
the compiled one (`pip install expert-roster[numba]`) give the same scores to the last bit, and the
parts of a score add up to it exactly.

    segments    immutable arrays of records: build, merge
    needs       what is asked, and the tables that turn codes into points
    plain, compiled   the pass over a segment: numpy, numba
    shelf       frozen segments, an open one and who left: add, replace, remove, rank
    files       a shelf on disk, mapped by any number of processes
"""
