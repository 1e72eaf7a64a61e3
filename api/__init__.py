"""JSON over HTTP and the command line: the entry points that wire the product together."""

import os

for _library in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    # Products here are small: threads of a library wait for each other longer than they work. Read
    # when numpy is first imported, so it is said before anything is.
    os.environ.setdefault(_library, "1")
