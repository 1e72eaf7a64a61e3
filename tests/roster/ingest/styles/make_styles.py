"""Write CVs of further styles: ``python -m tests.roster.ingest.styles.make_styles [FILE…]``.

Sources and markup are those of the unseen set; here errors may be looked at and mended.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.roster.ingest.unseen.make_unseen import main

if __name__ == "__main__":
    main(sys.argv[1:], Path(__file__).resolve().parent)
