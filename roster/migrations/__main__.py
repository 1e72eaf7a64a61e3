"""Write a new revision from the difference between head and the tables: for developers."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from roster.db import open_engine
from roster.migrations import config, head_revision, upgrade


def main(message: str) -> None:
    """Migrate a throw-away database to head, compare, write `versions/NNNN_message.py`."""
    made = config()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'head.db'}")
        following = "0001"
        if any((Path(__file__).parent / "versions").glob("[0-9]*.py")):
            upgrade(engine)
            following = f"{int(head_revision()) + 1:04d}"
        with engine.connect() as connection:
            made.attributes["connection"] = connection
            command.revision(made, message=message, rev_id=following, autogenerate=True)
        engine.dispose()


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
