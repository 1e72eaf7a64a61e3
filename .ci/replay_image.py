"""Replay the Dockerfile in a clean Debian without a container engine, then use what came out.

The Dockerfile itself is read, line by line: FROM by debootstrap, RUN by chroot, COPY, ENV, USER,
WORKDIR and VOLUME as they say; `use_image.py` then does the main job in what came out. Needs root,
debootstrap, and the network of this machine's own package sources. It is no proof of what an engine
would add of its own, such as layers or the format of the image.

Usage: replay_image.py [FOLDER]; what is in FOLDER from an earlier run is used again (base only).
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
_KNOWN = frozenset(
    ["FROM", "RUN", "COPY", "ENV", "USER", "WORKDIR", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"]
)
_LENT = re.compile(r"(PIP|UV)_|.*_proxy$", re.IGNORECASE)
"""Variables by which this machine reaches its package sources; no part of the image."""
_TRUSTED = ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE")
LENT_CERTIFICATES = Path("/run/lent-certificates.crt")


@dataclass
class Stage:
    """One FROM with what follows: its root folder, and how its processes run."""

    base: str
    name: str
    root: Path
    env: dict[str, str] = field(
        default_factory=lambda: {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        }
    )
    folder: str = "/"
    user: str = "root"
    volumes: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 -- a command talks.


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Yield the instructions of a Dockerfile: word and rest, comments and line ends taken out.

    Raises
    ------
    SystemExit
        It says something that is not replayed here: nothing is passed over in silence.
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    lines = [line for line in lines if not line.lstrip().startswith("#")]
    for said in "\n".join(lines).replace("\\\n", " ").splitlines():
        word, _, rest = said.strip().partition(" ")
        if word not in _KNOWN:
            raise SystemExit(f"replay_image.py does not know {word}: teach it, then run it again.")
        yield word, rest.strip()


def run(command: Sequence[str], **options: object) -> None:
    """Run a program of this machine; end with its words where it fails."""
    done = subprocess.run(command, check=False, **options)  # type: ignore[call-overload]  # noqa: S603 -- ours
    if done.returncode:
        raise SystemExit(f"failed ({done.returncode}): {shlex.join(command)[:300]}")


# --- Building -------------------------------------------------------------------------------------


def base_of(name: str, work: Path) -> Path:
    """Return a clean Debian of the suite that an image is named by, made once."""
    found = re.fullmatch(r"debian:(\w+)-slim", name)
    if found is None:
        raise SystemExit(f"FROM {name}: only debian:SUITE-slim can be made here.")
    root = work / f"base-{found[1]}"
    if not root.exists():
        half = work / f"half-{found[1]}"
        shutil.rmtree(half, ignore_errors=True)
        run(["debootstrap", "--variant=minbase", found[1], str(half), mirror()])
        for lists in (half / "var/cache/apt/archives", half / "var/lib/apt/lists"):
            shutil.rmtree(lists)
        half.rename(root)
    return root


def mirror() -> str:
    """Return where this machine gets Debian from."""
    texts = [
        path.read_text() for path in sorted(Path("/etc/apt").rglob("*sources*")) if path.is_file()
    ]
    found = re.search(
        r"^(?:URIs:|deb(?: \[[^]]*\])?) +(\S+/debian)\b", "\n".join(texts), re.MULTILINE
    )
    if found is None:
        raise SystemExit("No source of Debian packages is set up on this machine.")
    return found[1]


def lent_files() -> dict[Path, Path]:
    """Return what tells this machine where packages are, and where a RUN line sees it.

    It is shown for that line only, and never copied.
    """
    sources = sorted(Path("/etc/apt/sources.list.d").glob("debian*"))
    named = [Path("/etc/resolv.conf"), Path("/etc/hosts"), Path("/etc/apt/apt.conf.d"), *sources]
    named += [Path("/etc/xdg/pip"), *pip_files()]
    said = " ".join(path.read_text() for path in pip_files())
    # Beside an index on this disk lie the files that it names.
    named += [Path(found).parent for found in re.findall(r"file://(/[\w./-]+)", said)]
    named += [Path(found) for found in re.findall(r"find-links *= *(/[\w./-]+)", said)]
    shown = {path: path for path in named if path.exists()}
    # Elsewhere than at its place: the package ca-certificates writes there.
    return {**shown, certificates(): LENT_CERTIFICATES}


def certificates() -> Path:
    """Return the authorities that this machine trusts."""
    return Path(os.environ.get("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt"))


def pip_files() -> list[Path]:
    """Return the files that configure pip on this machine."""
    known = (
        Path("/etc/pip.conf"),
        Path("/etc/xdg/pip/pip.conf"),
        Path.home() / ".config/pip/pip.conf",
    )
    return [path for path in known if path.is_file()]


def lent_env() -> dict[str, str]:
    """Return the variables by which this machine reaches packages, in uv's words, too."""
    lent = {name: value for name, value in os.environ.items() if _LENT.match(name)}
    lent |= dict.fromkeys(_TRUSTED, str(LENT_CERTIFICATES))
    said = "\n".join(path.read_text() for path in pip_files())
    for word, name in (
        ("extra-index-url", "UV_EXTRA_INDEX_URL"),
        ("find-links", "UV_FIND_LINKS"),
        ("index-url", "UV_DEFAULT_INDEX"),
    ):
        found = re.search(rf"^{word} *= *(.+)$", said, re.MULTILINE)
        if found:
            lent.setdefault(name, " ".join(one for one in found[1].split() if exists(one)))
    # As pip does: the newest of all sources, not of the first that knows a name.
    lent.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    return lent | {"DEBIAN_FRONTEND": "noninteractive"}


def exists(place: str) -> bool:
    """Whether a place of packages is there: those of this disk may be gone."""
    path = place.removeprefix("file://")
    return not path.startswith("/") or Path(path).exists()


@contextmanager
def lending(root: Path) -> Iterator[None]:
    """Show a root the devices and the package sources of this machine for a while."""
    held: list[Path] = []
    made: list[Path] = []
    try:
        engine = {Path("/dev"): Path("/dev"), Path("/proc"): Path("/proc")}
        for source, seen in {**engine, **lent_files()}.items():
            inside = root / seen.relative_to("/")
            if not inside.exists():
                made.append(inside)
                inside.parent.mkdir(parents=True, exist_ok=True)
                inside.mkdir() if source.is_dir() else inside.touch()
            run(["mount", "--rbind", str(source), str(inside)])
            held.append(inside)
        yield
    finally:
        for inside in reversed(held):
            run(["umount", "--recursive", "--lazy", str(inside)])
        for inside in reversed(made):
            inside.rmdir() if inside.is_dir() else inside.unlink()


def build(text: str, work: Path) -> Stage:
    """Carry out every instruction; return the last stage."""
    stages: list[Stage] = []
    for word, rest in instructions(text):
        say(f"{word} {rest[:110]}")
        if word == "FROM":
            stages.append(begin(rest, work, len(stages)))
        else:
            carry_out(stages, word, rest)
    return stages[-1]


def begin(rest: str, work: Path, number: int) -> Stage:
    """Begin a stage on a copy of its base."""
    base, _, name = rest.partition(" AS ")
    root = work / f"stage-{number}"
    shutil.rmtree(root, ignore_errors=True)
    run(["cp", "-a", "--reflink=auto", str(base_of(base, work)), str(root)])
    return Stage(base, name or str(number), root)


def carry_out(stages: Sequence[Stage], word: str, rest: str) -> None:
    """Carry out one instruction within the present stage."""
    stage = stages[-1]
    if word == "RUN":
        with lending(stage.root):
            inside(stage, ["/bin/sh", "-c", rest], lent_env())
    elif word == "COPY":
        copy(stages, rest)
    elif word == "WORKDIR":
        stage.folder = rest
        (stage.root / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
    else:
        note(stage, word, rest)


def note(stage: Stage, word: str, rest: str) -> None:
    """Keep what an instruction says of how the image is run."""
    if word == "ENV":
        for name, value in (one.split("=", 1) for one in shlex.split(rest)):
            known = re.sub(r"\$(\w+)", lambda found: stage.env.get(found[1], ""), value)
            stage.env[name] = known
    elif word == "USER":
        stage.user = rest
    elif word == "VOLUME":
        stage.volumes.append(rest)
    elif word == "HEALTHCHECK":
        stage.health = json.loads(rest[rest.index("CMD") + 3 :])
    elif word == "CMD":
        stage.command = json.loads(rest)


def copy(stages: Sequence[Stage], rest: str) -> None:
    """Copy from another stage or from what git tracks, as COPY does."""
    stage, words = stages[-1], rest.split()
    if words[0].startswith("--from="):
        source = next(one.root for one in stages if one.name == words[0].removeprefix("--from="))
        words = words[1:]
    else:
        source = tracked(stage.root.parent)
    *names, to = words
    target = (
        stage.root / to.lstrip("/")
        if to.startswith("/")
        else stage.root / stage.folder.lstrip("/") / to
    )
    for name in names:
        path = source / name.lstrip("/")
        if path.is_dir():
            shutil.copytree(path, target, symlinks=True, dirs_exist_ok=True)
        else:
            (target if to.endswith("/") else target.parent).mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)


def tracked(work: Path) -> Path:
    """Return a folder with what git tracks, as it stands: what a clean clone would send along."""
    context = work / "context"
    if not context.exists():
        context.mkdir()
        names = subprocess.run(  # noqa: S603 -- git, wherever it is.
            [str(shutil.which("git")), "ls-files", "-z"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
        run(["tar", "--null", "-T", "-", "-cf", str(work / "context.tar")], cwd=ROOT, input=names)
        run(["tar", "-xf", str(work / "context.tar"), "-C", str(context)])
    return context


def inside(stage: Stage, command: Sequence[str], more: Mapping[str, str]) -> None:
    """Run a command within a stage, as root, as RUN does; what it says goes to a file."""
    go = [
        "chroot",
        str(stage.root),
        "/bin/sh",
        "-c",
        f'cd {stage.folder} && exec "$@"',
        "sh",
        *command,
    ]
    with (stage.root.parent / "build.log").open("ab") as log:
        run(go, env={**more, **stage.env}, stdout=log, stderr=log)


def sizes(stage: Stage) -> None:
    """Print how large it is, and what takes the room."""
    for place in ("", "venv", "usr/share/tesseract-ocr", "usr/lib", "var", "data"):
        size = subprocess.run(  # noqa: S603 -- ours
            [str(shutil.which("du")), "-sxm", str(stage.root / place)],
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        ).stdout.split()
        say(f"{size[0] if size else '?':>6} MB  /{place}")


def main() -> int:
    """Build, use, measure."""
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        raise SystemExit("Needs root and debootstrap: apt-get install debootstrap")
    if os.environ.get("REPLAY_APART") != "1":  # Mounts of its own, which end with it.
        again = ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv]
        return subprocess.call(again, env={**os.environ, "REPLAY_APART": "1"})  # noqa: S603 -- ours
    work = Path(sys.argv[1] if len(sys.argv) > 1 else "/var/tmp/roster-image").resolve()  # noqa: S108 -- root's own
    work.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(work / "context", ignore_errors=True)
    started = time.monotonic()
    stage = build((ROOT / "Dockerfile").read_text(encoding="utf-8"), work)
    say(f"built in {time.monotonic() - started:.0f} s")
    sizes(stage)
    (work / "image.json").write_text(json.dumps(asdict(stage), default=str))
    used = [sys.executable, str(Path(__file__).with_name("use_image.py")), str(work)]
    return subprocess.call(used)  # noqa: S603 -- ours


if __name__ == "__main__":
    sys.exit(main())
