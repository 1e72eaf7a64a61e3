"""Rendering: one environment for each language, strict about what a template may leave out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from roster.dates import PartialDate, Period
from web.tongues import LOCALES, tongue_of

HERE = Path(__file__).parent
STATIC = HERE / "static"


def tree_hash(folder: Path) -> str:
    """Hash every file of a folder: the content that a URL under it names, 12 hex digits."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


@lru_cache(maxsize=1)
def static_hash() -> str:
    """Hash of the static files as they stood at the start of this process."""
    return tree_hash(STATIC)


def static(path: str) -> str:
    """Return the URL of a static file; it changes whenever any of them changes.

    One hash for all files, so that modules can import each other by relative paths.

    Raises
    ------
    FileNotFoundError
        There is no such file: better in a test than in a browser.
    """
    if not (STATIC / path).is_file():
        raise FileNotFoundError(f"no static file {path!r}")
    return f"/static/{static_hash()}/{path}"


class _Compiled(BytecodeCache):
    """Templates as compiled by one language, for the others: words are looked up when rendered."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled already; a template that changed since is compiled anew."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def compile_templates() -> int:
    """Compile every template, so that nobody's page waits for it; return how many there are."""
    code = next(iter(LOCALES))
    names = environment(code).list_templates(extensions=["html"])
    for name in names:
        environment(code).get_template(name)
    return len(names)


@lru_cache(maxsize=len(LOCALES))
def environment(code: str) -> Environment:
    """Return the environment whose words, dates and numbers are those of one language.

    Parameters
    ----------
    code : "en", "fr", "es" or "pt"; anything else is a KeyError
    """
    tongue = tongue_of(code)
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_COMPILED,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(tongue.translations, newstyle=True)  # type: ignore[attr-defined]
    made.globals["static"] = static
    filters: dict[str, Callable[..., str]] = {
        "day": tongue.day,
        "partial": lambda value: tongue.partial(PartialDate.parse(str(value))),
        "period": lambda value: tongue.period(_period(value)),
        "number": tongue.number,
        "points": tongue.points,
        "country": tongue.country,
        "language": tongue.language,
    }
    made.filters.update(filters)
    return made


def _period(value: object) -> Period:
    if not isinstance(value, Period):
        raise TypeError("the filter `period` takes a Period")
    return value


def render(template: str, page: object, code: str) -> str:
    """Render a page's template from its context in one language."""
    return environment(code).get_template(template).render(page=page)
