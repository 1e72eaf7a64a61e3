"""The shape of the house: who may import whom, how long things get, what names may not be used."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("roster", "matching", "api", "web", "fixtures")
LONGEST_FUNCTION = 40
LONGEST_MODULE = 400
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "misc", "common", "process"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _tracked() -> list[Path]:
    """Return every file that is committed or about to be; without git, every file in sight."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 -- git, wherever it is.
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout.split("\0")
        files = [ROOT / name for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        files = [path for package in (*PACKAGES, "tests") for path in (ROOT / package).rglob("*")]
    return sorted(path for path in files if path.is_file())


TRACKED = _tracked()
MODULES = [
    path
    for path in TRACKED
    if path.suffix == ".py" and "versions" not in path.parts and "tests" not in path.parts
]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_layers_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"},
    )
    advice = (
        "A module that is not in its layer's list belongs there: see [tool.importlinter] in "
        "pyproject.toml.\n"
    )
    assert done.returncode == 0, advice + done.stdout + done.stderr


def _functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def _length(function: Function) -> int:
    """Return the lines from `def` to the end, without the docstring."""
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length


def _is_table(function: Function) -> bool:
    """Whether it only lists what a record is made of: one `return`, read like a table."""
    statements = function.body[ast.get_docstring(function, clean=False) is not None :]
    return len(statements) == 1 and isinstance(statements[0], ast.Return)


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{_name(path)}:{function.lineno} {function.name}: {_length(function)} lines"
        for path in MODULES
        for function in _functions(path)
        if _length(function) > LONGEST_FUNCTION and not _is_table(function)
    ]
    assert not long, f"longer than {LONGEST_FUNCTION} lines, name their parts:\n" + "\n".join(long)


def test_no_module_grows_beyond_reading() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    long = [f"{_name(path)}: {n} lines" for path, n in lengths.items() if n > LONGEST_MODULE]
    assert not long, f"longer than {LONGEST_MODULE} lines, split by noun:\n" + "\n".join(long)


def test_modules_are_named_after_what_they_hold() -> None:
    empty = [_name(path) for path in TRACKED if path.suffix == ".py" and path.stem in EMPTY_NAMES]
    assert not empty, f"say what is in it: {empty}"


def test_only_the_composition_root_reads_the_environment() -> None:
    """Settings are built once and handed down; the doctor looks at the machine itself.

    The metrics library is told the folder that processes share by the environment alone.
    """
    allowed = {
        *("api/main.py", "api/commands/console.py", "api/doctor.py", "roster/settings.py"),
        "api/processes.py",
    }
    reads = re.compile(r"os\.environ|os\.getenv|\bSettings\(\)")
    found = [
        _name(path)
        for path in MODULES
        if path.parts[len(ROOT.parts)] in {"roster", "matching", "api", "web"}
        and _name(path) not in allowed
        and reads.search(path.read_text(encoding="utf-8"))
    ]
    assert not found, f"take the value as an argument: {found}"


# In pieces, so that this file does not find itself.
_TRACES = {
    "a path of one machine": re.compile("|".join(["/wo" + "rk/", "/ro" + "ot/", r"/home/\w+/"])),
    "a package registry": re.compile(
        "|".join(
            [
                r"py" + r"pi\.org",
                "python" + "hosted",
                r"registry\." + "npm",
                "--extra-" + "index-url",
            ]
        )
    ),
    "a package index": re.compile(r"^\s*(--index|-i |--find|index-url)", re.MULTILINE),
}


@pytest.mark.parametrize("trace", _TRACES)
def test_nothing_tells_where_it_was_made(trace: str) -> None:
    found = []
    for path in TRACKED:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{_name(path)}: {hit.group()}" for hit in _TRACES[trace].finditer(text)]
    assert not found, f"{trace} in a committed file:\n" + "\n".join(found)


def _locked(name: str) -> dict[str, str]:
    text = (ROOT / ".ci" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_dependency_is_locked_with_hashes(name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = project["dependencies"] + extras["build"]
    wanted += extras["dev"] if "dev" in name else []
    locked = {_normal(found) for found in _locked(name)}
    missing = {_normal(re.split(r"[\[<>=~!; ]", line)[0]) for line in wanted} - locked
    assert not missing, f"run `make lock`: {sorted(missing)}"
    blocks = re.split(r"^(?=[A-Za-z0-9])", (ROOT / ".ci" / name).read_text(), flags=re.MULTILINE)
    assert [block.split()[0] for block in blocks[1:] if "--hash=sha256:" not in block] == []


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_developers_and_users_run_the_same_releases() -> None:
    ours, theirs = _locked("requirements-dev.lock"), _locked("requirements.lock")
    differing = {name for name, version in theirs.items() if ours.get(name, version) != version}
    assert not differing, f"run `make lock`: {sorted(differing)}"


def _function_of(lines: int) -> str:
    return "def f():\n" + '    """Doc."""\n' + "    pass\n" * lines


@pytest.mark.parametrize(("lines", "length"), [(1, 2), (40, 41)])
def test_a_docstring_does_not_count_as_length(lines: int, length: int) -> None:
    function = ast.parse(_function_of(lines)).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert _length(function) == length
