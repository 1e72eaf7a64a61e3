"""An embedded database takes no more room than it needs."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from roster.db import MOST_LOG_BYTES, open_engine


def test_a_log_that_grew_is_cut_when_it_begins_anew(tmp_path: Path) -> None:
    """It grows as long as somebody reads an older state; then it is folded in and begun anew."""
    engine, log = open_engine(f"sqlite:///{tmp_path / 'roster.db'}"), tmp_path / "roster.db-wal"
    keep = text("INSERT INTO held VALUES (zeroblob(:size))")

    def log_after(size: int) -> int:
        with engine.begin() as writing:
            writing.execute(keep, {"size": size})
        return log.stat().st_size

    with engine.begin() as making:
        making.execute(text("CREATE TABLE held (bytes BLOB)"))
    with engine.begin() as reading:
        assert reading.execute(text("SELECT * FROM held")).first() is None
        assert log_after(MOST_LOG_BYTES + 1_000_000) > MOST_LOG_BYTES
    log_after(1)
    assert log_after(1) == MOST_LOG_BYTES
    engine.dispose()
