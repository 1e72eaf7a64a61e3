"""DOC (Word 97 to 2003): converted to DOCX inside the sandbox and read as such, tables and all.

Where the conversion fails and the program catdoc is installed, its plain text is taken instead.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import doc2docx
from doc2docx.errors import EncryptedDocumentError

from roster.errors import FileRefused
from roster.ingest.formats import docx as text_docx
from roster.ingest.raw import RawLine, RawText
from roster.ingest.sandbox import allowance, isolation
from roster.ingest.sandbox.unreadable import protected

_DAMAGED = (
    "This Word document (DOC) is damaged or older than Word 97, and cannot be read. "
    "Open it in a word processor, save it as DOCX or PDF, and send that."
)
_PLAIN = "The layout of this old Word document could not be read, only its words: look at tables."


def read(data: bytes, most_pages: int) -> RawText:
    """Return the lines of a DOC file: header, body, footer.

    Raises
    ------
    roster.errors.FileRefused
        Protected by a password, or damaged.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source, made = Path(folder, "cv.doc"), Path(folder, "cv.docx")
        source.write_bytes(data)
        try:
            doc2docx.convert(source, made)
            raw = text_docx.read(made.read_bytes(), most_pages)
            return replace(raw, reader="doc/1")
        except EncryptedDocumentError as error:
            raise FileRefused(protected("document")) from error
        except MemoryError:
            raise
        except Exception as error:
            # The converter meets every oddity of a binary format with an exception of its own.
            return _by_catdoc(source, error)


def _by_catdoc(source: Path, cause: Exception) -> RawText:
    program = shutil.which("catdoc")
    if program is None:
        raise FileRefused(_DAMAGED) from cause
    try:
        done = subprocess.run(  # noqa: S603 - the program found, options of ours, no shell
            [program, "-w", "-d", "utf-8", str(source)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=max(1.0, allowance.seconds_left() - 2),
            check=True,
            preexec_fn=isolation.die_with_parent,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise FileRefused(_DAMAGED) from error
    text = done.stdout.decode("utf-8", errors="replace")
    if sum(map(str.isalnum, text)) < 20:
        raise FileRefused(_DAMAGED) from cause
    return RawText(tuple(map(RawLine, text.splitlines())), "doc/1", notes=(_PLAIN,))
