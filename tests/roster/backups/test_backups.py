"""What is backed up comes back equal, from either database into either; nothing comes back half."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text

from roster.backups import archive
from roster.backups.checking import verify
from roster.backups.keeping import back_up
from roster.backups.manifest import Manifest
from roster.backups.restoring import Restored, restore
from roster.db import open_engine
from roster.errors import Conflict, FileRefused
from roster.migrations import current_revision, head_revision, upgrade
from roster.settings import Settings
from roster.tables import Facility
from roster.vault import KEY_FILE, open_vault
from tests.fakes import A_MONDAY
from tests.postgres import WorkerDatabase
from tests.roster.backups.contents import everything, fill


def _silent(_done: int, _of: int) -> None:
    pass


@dataclass(frozen=True)
class House:
    """An installation that is backed up or filled."""

    settings: Settings

    def kept(self, target: Path, *, with_keys: bool = True) -> tuple[Path, Manifest]:
        return back_up(self.settings, target, with_keys=with_keys, at=A_MONDAY, tell=_silent)

    def filled(self, source: Path, *, may_replace: bool = False) -> Restored:
        return restore(
            self.settings,
            source,
            at=A_MONDAY,
            checked=_silent,
            filled=_silent,
            may_replace=lambda: may_replace,
        )

    @contextmanager
    def open(self) -> Iterator[Engine]:
        engine = open_engine(self.settings.url)
        try:
            yield engine
        finally:
            engine.dispose()

    def everything(self) -> object:
        with self.open() as engine:
            return everything(engine)


@pytest.fixture(scope="session")
def filled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill every table of an embedded installation and keep a backup beside it."""
    folder = tmp_path_factory.mktemp("filled")
    settings = Settings(data_dir=folder, database_url=f"sqlite:///{folder / 'roster.db'}")
    shutil.copyfile(sqlite_template, folder / "roster.db")
    open_vault("", folder)
    one = House(settings)
    with one.open() as engine:
        fill(engine)
    one.kept(folder / "kept.zip")
    return folder


@pytest.fixture
def kept(filled: Path, tmp_path: Path) -> Path:
    """Give a backup to be read or spoilt."""
    return Path(shutil.copy(filled / "kept.zip", tmp_path / "kept.zip"))


@pytest.fixture
def house(database_url: str, tmp_path: Path, filled: Path) -> House:
    """Give an installation whose every table holds rows, originals locked by a key of its own."""
    settings = Settings(data_dir=tmp_path / "here", database_url=database_url)
    settings.data_dir.mkdir()
    shutil.copy(filled / KEY_FILE, settings.data_dir)
    one = House(settings)
    if settings.is_embedded:
        shutil.copyfile(filled / "roster.db", tmp_path / "roster.db")
    else:
        with one.open() as engine:
            fill(engine)
    return one


@pytest.fixture
def other(tmp_path: Path) -> House:
    """Give an empty installation on the embedded database."""
    return House(Settings(data_dir=tmp_path / "there"))


@pytest.fixture
def shared(postgres_database: WorkerDatabase, tmp_path: Path) -> Iterator[House]:
    """Give an empty installation on PostgreSQL."""
    yield House(Settings(data_dir=tmp_path / "pg", database_url=postgres_database.url))
    postgres_database.clone()


ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_everything_comes_back_equal_from_either_database(
    house: House, other: House, tmp_path: Path
) -> None:
    before = house.everything()
    path, manifest = house.kept(tmp_path / "b.zip")
    assert manifest.rows > 100
    assert path.stat().st_mode & 0o777 == 0o600
    assert verify(path, _silent) == manifest
    done = other.filled(path)
    assert other.everything() == before == house.everything()
    assert (done.erased_again, done.missing_keys) == (0, ())
    keys = [one.settings.data_dir.joinpath(KEY_FILE).read_bytes().split() for one in (house, other)]
    assert keys[0] == keys[1]


@pytest.mark.long
@ON_SQLITE
def test_an_official_s_laptop_moves_to_postgresql(
    house: House, shared: House, tmp_path: Path
) -> None:
    path, _ = house.kept(tmp_path / "b.zip")
    before = house.everything()
    shared.filled(path)
    assert shared.everything() == before
    with shared.open() as engine, engine.begin() as connection:
        numbers = connection.execute(
            text("SELECT nextval('change_seq_seq'), (SELECT max(seq) FROM change)")
        ).one()
        assert numbers[0] == numbers[1] + 1
    # And back: the second backup holds the same parts, in other order of rows at most.
    again, manifest = shared.kept(tmp_path / "c.zip")
    assert manifest.database == "postgresql"
    assert {n: t.rows for n, t in manifest.tables.items()} == {
        n: t.rows for n, t in verify(path, _silent).tables.items()
    }
    assert again.exists()


@pytest.mark.long
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_is_restored_over_itself(house: House, tmp_path: Path) -> None:
    before = house.everything()
    with house.open() as engine, engine.begin() as connection:
        connection.execute(text("CREATE TABLE of_somebody_else (id int)"))
        connection.execute(text("INSERT INTO of_somebody_else VALUES (1)"))
    path, _ = house.kept(tmp_path / "b.zip")
    with house.open() as engine, engine.begin() as connection:
        connection.execute(text("DELETE FROM access_log"))
    with pytest.raises(Conflict, match="--replace"):
        house.filled(path)
    house.filled(path, may_replace=True)
    after = dict(house.everything())  # type: ignore[call-overload]
    assert len(after.pop("of_somebody_else")) == 1
    assert after == before


@pytest.mark.long
def test_a_backup_made_while_others_write_is_of_one_moment(
    house: House, other: House, tmp_path: Path
) -> None:
    stop = threading.Event()

    def write() -> None:
        with house.open() as engine:
            while not stop.is_set():
                with engine.begin() as connection:  # Two rows or none.
                    for _ in range(2):
                        row = {"id": uuid4(), "code": uuid4().hex, "name": "x", "origin": "real"}
                        connection.execute(Facility.__table__.insert().values(row))  # type: ignore[attr-defined]

    writer = threading.Thread(target=write)
    writer.start()
    try:
        time.sleep(0.05)
        path, manifest = house.kept(tmp_path / "b.zip")
    finally:
        stop.set()
        writer.join()
    assert manifest.tables["facility"].rows % 2 == 0
    other.filled(path)
    with other.open() as engine, engine.connect() as connection:
        counted = connection.execute(text("SELECT count(*) FROM facility")).scalar_one()
    assert counted == manifest.tables["facility"].rows


_KILLED = """
import os, signal, sys
from pathlib import Path
from roster.backups import keeping
from roster.settings import Settings
from tests.fakes import A_MONDAY
written = 0
def tell(done, of):
    global written
    written += 1
    if written == 20:
        os.kill(os.getpid(), signal.SIGKILL)
keeping.back_up(Settings(data_dir=Path(sys.argv[1]), database_url=sys.argv[2]), Path(sys.argv[3]),
                with_keys=True, at=A_MONDAY, tell=tell)
"""


@pytest.mark.long
@ON_SQLITE
def test_a_killed_backup_leaves_nothing_that_looks_like_one(house: House, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    given = [str(house.settings.data_dir), house.settings.url, str(target)]
    killed = subprocess.run([sys.executable, "-c", _KILLED, *given], check=False)  # noqa: S603 -- ours
    assert killed.returncode == -9
    assert not target.exists()
    (left,) = tmp_path.glob("b.zip*")
    with pytest.raises(FileRefused, match="no backup"):
        verify(left, _silent)
    house.kept(target)  # The next one takes its place.
    assert verify(target, _silent)
    assert not left.exists()


@ON_SQLITE
def test_nothing_is_overwritten(house: House, other: House, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    target.write_text("something else")
    with pytest.raises(Conflict, match="never overwritten"):
        house.kept(target)
    assert target.read_text() == "something else"
    path, _ = house.kept(tmp_path)
    assert path.name == "roster-20260302-090000Z.zip"
    before = house.everything()
    with pytest.raises(Conflict, match="not empty"):
        house.filled(path)
    assert house.everything() == before
    with pytest.raises(Conflict, match="no database"):
        other.kept(tmp_path / "c.zip")
    assert not (tmp_path / "c.zip").exists()


def _shortened(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2_000])


def _flipped(path: Path) -> None:
    with zipfile.ZipFile(path) as packed:
        at = packed.getinfo("tables/expert.copy").header_offset + 80
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(content)


def _rewritten(path: Path, name: str, change: bytes | None) -> None:
    """Pack anew with one part changed, added or left out, and every checksum of ZIP right."""
    fresh = path.with_suffix(".new")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(fresh, "w") as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        if change is not None:
            new.writestr(name, change)
    fresh.replace(path)


def _newer(path: Path) -> None:
    with zipfile.ZipFile(path) as packed:
        said = Manifest.model_validate_json(packed.read(archive.MANIFEST))
    newer = said.model_copy(update={"revision": "9999", "product": "7.0.0"})
    _rewritten(path, archive.MANIFEST, newer.model_dump_json().encode())


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(_shortened, "only the beginning", id="shortened"),
        pytest.param(_flipped, "expert", id="a byte flipped"),
        pytest.param(lambda p: _rewritten(p, "tables/expert.copy", b"x\n"), "expert", id="altered"),
        pytest.param(lambda p: _rewritten(p, "tables/expert.copy", None), "missing", id="left out"),
        pytest.param(lambda p: _rewritten(p, "tables/x.copy", b""), "added", id="added"),
        pytest.param(lambda p: _rewritten(p, archive.MANIFEST, b"{}"), "newer", id="no manifest"),
        pytest.param(_newer, "version 7.0.0", id="of a newer version"),
        pytest.param(lambda p: p.write_bytes(b""), "no backup", id="empty"),
        pytest.param(Path.unlink, "cannot be opened", id="not there"),
    ],
)
def test_a_spoilt_backup_is_told_in_words_and_changes_nothing(
    kept: Path, other: House, spoil: object, words: str
) -> None:
    assert callable(spoil)
    spoil(kept)
    with pytest.raises(FileRefused, match=words):
        verify(kept, _silent)
    with pytest.raises(FileRefused, match=words):
        other.filled(kept)
    assert not list(other.settings.data_dir.iterdir())


_BOUND = """
import resource, signal, sys
from pathlib import Path
from roster.backups.keeping import back_up
from roster.backups.restoring import restore
from roster.errors import Conflict
from roster.settings import Settings
from tests.fakes import A_MONDAY
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
here, there, model, target, source = map(Path, sys.argv[1:])
def tell(done, of): pass
for act in (
    lambda: back_up(Settings(data_dir=here, database_url=f"sqlite:///{here.parent / 'roster.db'}",
                    model_dir=model), target, with_keys=True, at=A_MONDAY, tell=tell),
    lambda: restore(Settings(data_dir=there), source, at=A_MONDAY, checked=tell, filled=tell),
):
    try:
        act()
    except Conflict as error:
        print(error)
"""


@pytest.mark.long
@ON_SQLITE
def test_a_full_disk_ends_in_words_and_leaves_nothing_half(
    house: House, other: House, tmp_path: Path
) -> None:
    path, _ = house.kept(tmp_path / "whole.zip")
    large = tmp_path / "large"
    large.mkdir()
    (large / "tables.npy").write_bytes(os.urandom(400_000))
    there, target = other.settings.data_dir, tmp_path / "b.zip"
    given = map(str, (house.settings.data_dir, there, large, target, path))
    done = subprocess.run(  # noqa: S603 -- ours
        [sys.executable, "-c", _BOUND, *given], check=True, capture_output=True, text=True
    )
    backed, restored = done.stdout.splitlines()
    assert "was not made" in backed
    assert "not restored" in restored
    assert not list(tmp_path.glob("b.zip*"))
    assert not list(there.glob("roster.db*"))


@pytest.mark.long
@ON_SQLITE
def test_a_restored_installation_without_its_keys_says_which_are_missing(
    house: House, other: House, tmp_path: Path
) -> None:
    path, manifest = house.kept(tmp_path / "b.zip", with_keys=False)
    assert not manifest.has_keys
    assert not any(KEY_FILE in name for name in manifest.parts)
    other.settings.data_dir.mkdir()
    open_vault("", other.settings.data_dir)
    done = other.filled(path)
    assert done.missing_keys == manifest.keys != ()
    shutil.copy(house.settings.data_dir / KEY_FILE, other.settings.data_dir / KEY_FILE)
    assert other.filled(path, may_replace=True).missing_keys == ()


@pytest.mark.long
@ON_SQLITE
def test_the_keys_of_a_backup_join_those_that_are_there(
    house: House, other: House, tmp_path: Path
) -> None:
    other.settings.data_dir.mkdir()
    made = open_vault("", other.settings.data_dir)
    token = made.lock(b"kept meanwhile")
    path, _ = house.kept(tmp_path / "b.zip")
    other.filled(path)
    both = open_vault("", other.settings.data_dir)
    assert both.unlock(token) == b"kept meanwhile"
    assert both.unlock(open_vault("", house.settings.data_dir).lock(b"there")) == b"there"


@pytest.mark.long
@ON_SQLITE
def test_a_fitted_model_comes_along(house: House, other: House, tmp_path: Path) -> None:
    fitted = tmp_path / "fitted"
    fitted.mkdir()
    (fitted / "manifest.json").write_text("{}")
    settings = house.settings.model_copy(update={"model_dir": fitted})
    path, _ = replace(house, settings=settings).kept(tmp_path / "b.zip")
    done = other.filled(path)
    assert done.model == other.settings.data_dir / "model"
    assert (done.model / "manifest.json").read_text() == "{}"


def test_what_belongs_to_the_former_database_goes(kept: Path, other: House) -> None:
    folder = other.settings.data_dir
    (folder / "index").mkdir(parents=True)
    (folder / "index" / "stamp").write_text("of another")
    (folder / "jobs.db").write_text("of another")
    other.filled(kept)
    assert sorted(one.name for one in folder.iterdir()) == [KEY_FILE, "erasures.jsonl", "roster.db"]


def test_a_folder_at_work_is_not_restored_into(kept: Path, other: House) -> None:
    other.settings.data_dir.mkdir()
    with (other.settings.data_dir / "jobs-0.lock").open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(Conflict, match="Stop it"):
            other.filled(kept)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_shared_database_with_company_is_not_restored_into(house: House, tmp_path: Path) -> None:
    path, _ = house.kept(tmp_path / "b.zip")
    with house.open() as engine, engine.connect() as company:
        company.execute(text("SELECT 1"))
        with pytest.raises(Conflict, match="connected"):
            house.filled(path, may_replace=True)


def test_a_backup_of_an_older_schema_is_brought_to_the_newest(other: House, tmp_path: Path) -> None:
    old = House(Settings(data_dir=tmp_path / "old"))
    old.settings.data_dir.mkdir()
    with old.open() as engine:
        upgrade(engine, "0005")
        fill(engine)
    path, manifest = old.kept(tmp_path / "b.zip")
    assert manifest.revision == "0005"
    other.filled(path)
    with other.open() as engine:
        assert current_revision(engine) == head_revision()
        counts = {name: len(rows) for name, rows in everything(engine).items()}
    assert {name: counts[name] for name in manifest.tables} == {
        name: table.rows for name, table in manifest.tables.items()
    }
    with closing(sqlite3.connect(other.settings.data_dir / "roster.db")) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert plain.execute("PRAGMA foreign_key_check").fetchone() is None
