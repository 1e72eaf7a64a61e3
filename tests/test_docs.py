"""The documentation names everything there is: settings, commands, problem codes, decisions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from roster import errors
from roster.settings import Settings

ROOT = Path(__file__).parents[1]
ADR = ROOT / "docs" / "adr"


@pytest.fixture(scope="module")
def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def _undocumented(names: Iterator[str], readme: str) -> list[str]:
    return [
        name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", readme)
    ]


def test_the_readme_names_every_setting(readme: str) -> None:
    names = (f"ROSTER_{name.upper()}" for name in Settings.model_fields)
    missing = _undocumented(names, readme)
    assert not missing, f"add to the table of settings in README.md: {missing}"


def test_the_readme_names_no_setting_that_is_not_there(readme: str) -> None:
    known = {f"ROSTER_{name.upper()}" for name in Settings.model_fields}
    known |= {"ROSTER_CHROMIUM", "ROSTER_TEST_DATABASE_URL"}
    stale = set(re.findall(r"ROSTER_[A-Z_]+[A-Z]", readme)) - known
    assert not stale, f"README.md names settings that nobody reads: {sorted(stale)}"


def _commands(group: typer.Typer, prefix: str = "roster") -> Iterator[str]:
    from typer.main import get_command  # noqa: PLC0415 -- beside its only use.

    def walk(command: object, path: str) -> Iterator[str]:
        children: dict[str, object] = getattr(command, "commands", {})
        if not children:
            yield path
        for name, child in children.items():
            yield from walk(child, f"{path} {name}")

    yield from walk(get_command(group), prefix)


def test_the_readme_names_every_command(readme: str) -> None:
    from api.cli import app  # noqa: PLC0415 -- costs a second that other tests need not pay.

    missing = _undocumented(_commands(app), readme)
    assert not missing, f"add to the commands in README.md: {missing}"


def test_the_readme_names_every_make_target(readme: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    missing = _undocumented((f"make {name}" for name in targets if name != "help"), readme)
    assert not missing, f"add to the commands in README.md: {missing}"


def _problem_codes(of: type[errors.RosterError] = errors.RosterError) -> Iterator[str]:
    yield of.code
    for kind in of.__subclasses__():
        yield from _problem_codes(kind)


def test_the_readme_names_every_problem_code(readme: str) -> None:
    missing = _undocumented(iter(sorted(set(_problem_codes()))), readme)
    assert not missing, f"add to the problem codes in README.md: {missing}"


def test_every_setting_says_what_it_does() -> None:
    silent = [name for name, field in Settings.model_fields.items() if not field.description]
    assert not silent, f"give it a description in roster/settings.py: {silent}"


_RELEASE = re.compile(r"## \[(Unreleased|\d+\.\d+\.\d+)\]( - \d{4}-\d{2}-\d{2})?")
_KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_changelog_keeps_its_form() -> None:
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    releases = [line for line in lines if line.startswith("## ")]
    odd = [line for line in releases if not _RELEASE.fullmatch(line)]
    assert not odd, f"a release is `## [1.2.3] - 2026-01-31`: {odd}"
    assert releases[0] == "## [Unreleased]"
    kinds = {line.removeprefix("### ") for line in lines if line.startswith("### ")}
    assert kinds <= _KINDS, f"a kind of change is one of {sorted(_KINDS)}: {kinds - _KINDS}"


def test_every_decision_stands_in_the_index() -> None:
    index = (ADR / "README.md").read_text(encoding="utf-8")
    missing = [path.name for path in _decisions() if f"({path.name})" not in index]
    assert not missing, f"link them in docs/adr/README.md: {missing}"
    gone = [name for name in re.findall(r"\((\d{4}-[^)]+)\)", index) if not (ADR / name).exists()]
    assert not gone, f"docs/adr/README.md links what is not there: {gone}"


def _decisions() -> list[Path]:
    return sorted(ADR.glob("[0-9]*.md"))


def test_decisions_are_numbered_without_gap_or_twin() -> None:
    numbers = [int(path.name[:4]) for path in _decisions()]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", _decisions(), ids=lambda path: path.name)
def test_a_decision_says_why_and_what_else_there_was(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    headings = re.findall(r"^(?:## |\*\*)(\w+)", text, re.MULTILINE)
    missing = [
        h for h in ("Context", "Decision", "Consequences", "Alternatives") if h not in headings
    ]
    assert not missing, f"{path.name} lacks: {missing}"
