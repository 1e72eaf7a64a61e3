"""Replay the Dockerfile in a clean Debian without a container engine, then use what came out.

The Dockerfile itself is read, line by line: FROM by debootstrap, RUN by chroot, COPY, ENV, USER,
WORKDIR and VOLUME as they say. Its command is then started as its user, on a root that cannot be
written, without any capability; the demonstration is loaded, a CV read and a request ranked over
HTTP. Needs root, debootstrap, and the network of this machine's own package sources. It is no
proof of what an engine would add of its own, such as layers or the format of the image.

Usage: replay_image.py [FOLDER]; what is in FOLDER from an earlier run is used again (base only).
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
PORT = "8431"
_KNOWN = frozenset(
    ["FROM", "RUN", "COPY", "ENV", "USER", "WORKDIR", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"]
)
_LENT = re.compile(r"(PIP|UV|SSL|REQUESTS|CURL)_|.*_proxy$", re.IGNORECASE)
"""Variables by which this machine reaches its package sources; no part of the image."""


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


def lent_files() -> list[Path]:
    """Return what tells this machine where packages are: shown to RUN lines, never copied."""
    named = [
        Path("/etc/resolv.conf"),
        Path("/etc/hosts"),
        Path("/etc/ssl/certs"),
        Path("/usr/share/ca-certificates"),
    ]
    named += [Path("/usr/local/share/ca-certificates"), Path("/etc/pip.conf"), Path("/etc/xdg/pip")]
    named += [
        Path("/etc/apt/sources.list.d"),
        Path("/etc/apt/apt.conf.d"),
        Path("/etc/apt/trusted.gpg.d"),
    ]
    named += [Path("/usr/share/keyrings"), Path.home() / ".config/pip"]
    said = " ".join(path.read_text() for path in pip_files())
    # Beside an index on this disk lie the files that it names.
    named += [Path(found).parent for found in re.findall(r"file://(/[\w./-]+)", said)]
    named += [Path(found) for found in re.findall(r"(?<=[\s=])(/[\w./-]+)", said)]
    return [path for path in dict.fromkeys(named) if path.exists()]


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
    lent.setdefault("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt")
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
        for source in [Path("/dev"), Path("/proc"), *lent_files()]:
            inside = root / source.relative_to("/")
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


# --- Using ----------------------------------------------------------------------------------------


@contextmanager
def sealed(stage: Stage) -> Iterator[Path]:
    """Show a root that cannot be written, but for its volumes and /tmp."""
    root = stage.root.parent / "sealed"
    root.mkdir(exist_ok=True)
    run(["mount", "--bind", str(stage.root), str(root)])
    run(["mount", "-o", "remount,ro,bind", str(root)])
    for place in ("/proc", "/dev"):
        run(["mount", "--rbind", place, str(root) + place])
    run(["mount", "-t", "tmpfs", "tmpfs", str(root / "tmp")])
    for volume in stage.volumes:
        owner = (stage.root / volume.lstrip("/")).stat()
        way = f"uid={owner.st_uid},gid={owner.st_gid},mode=0700"
        run(["mount", "-t", "tmpfs", "-o", way, "tmpfs", str(root) + volume])
    try:
        yield root
    finally:
        run(["umount", "--recursive", "--lazy", str(root)])


def as_user(stage: Stage, root: Path, command: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return how a command is run as the stage's user without any capability, and its variables."""
    users = (stage.root / "etc/passwd").read_text().splitlines()
    _, _, uid, gid, _, home, _ = next(
        one.split(":") for one in users if one.startswith(f"{stage.user}:")
    )
    # The program is found by the image's own PATH, after the change of root.
    line = [
        "setpriv",
        "--no-new-privs",
        "--bounding-set=-all,+sys_chroot,+setuid,+setgid,+setpcap",
        "chroot",
    ]
    line += [f"--userspec={uid}:{gid}", "--groups=", str(root), "/bin/sh", "-c"]
    line += [f'cd {stage.folder} && exec "$@"', "sh", *command]
    return line, {**stage.env, "HOME": home, "ROSTER_PORT": PORT}


def asked(stage: Stage, root: Path, command: Sequence[str]) -> str:
    """Run a command to its end in the sealed root; return what it printed."""
    line, env = as_user(stage, root, command)
    done = subprocess.run(line, env=env, capture_output=True, text=True, check=False)  # noqa: S603 -- ours
    if done.returncode:
        raise SystemExit(f"failed in the image: {shlex.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def served(stage: Stage, root: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start the image's command, wait until it is ready, and stop it in the end."""
    line, env = as_user(stage, root, stage.command)
    log = (stage.root.parent / "served.log").open("wb")
    process = subprocess.Popen(line, env=env, stdout=log, stderr=log)  # noqa: S603 -- ours
    try:
        until = time.monotonic() + 600
        while True:
            try:
                say(f"/readyz: {call('/readyz')}")
                break
            except (urllib.error.URLError, OSError) as error:
                if process.poll() is not None or time.monotonic() > until:
                    raise SystemExit(f"never ready ({error}); see {log.name}") from error
                time.sleep(1)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def call(path: str, body: object = None, key: str = "") -> str:
    """Send JSON to the served product; return the answer."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"} | (
        {"Authorization": f"Bearer {key}"} if key else {}
    )
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", data, headers)
    with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310 -- ours
        return str(answer.read().decode())


CV = (
    """Curriculum vitae\n\nName: Ana Prates\n\nLanguages\nPortuguese: mother tongue\nFrench: C1\n"""
)
REQUEST = {
    "title": "Labour migration statistics",
    "topics": ["data_management"],
    "countries": ["CI"],
    "languages": [{"language": "fr", "minimum": "B2"}],
    "starts": "2027-03-01",
    "ends": "2027-03-12",
}


def use(stage: Stage) -> None:
    """Do the main job in what was built."""
    with sealed(stage) as root:
        say(asked(stage, root, ["roster", "demo"]).splitlines()[0])
        cannot = "touch /usr/x 2>&1; touch /venv/x 2>&1; id -u; grep CapEff /proc/self/status"
        say(asked(stage, root, ["/bin/sh", "-c", cannot]))
        write = f"import pathlib; pathlib.Path('/tmp/cv.txt').write_text({CV!r})"
        asked(stage, root, ["python", "-c", write])
        say("read: " + asked(stage, root, ["roster", "read", "/tmp/cv.txt"]).splitlines()[0])  # noqa: S108 -- the image's
        for program in (["catdoc", "-V"], ["tesseract", "--version"]):
            say(
                asked(stage, root, ["/bin/sh", "-c", shlex.join(program) + " 2>&1"]).splitlines()[0]
            )
        key = asked(
            stage,
            root,
            shlex.split("roster key issue officer@demo.example --label=replay --scope=rank"),
        ).split()[-1]
        with served(stage, root) as process:
            rank(key)
            asked(stage, root, stage.health)
            say("HEALTHCHECK: healthy")
            memory = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())
            say(f"most memory of the server: {int(memory[1]) / 1024:.0f} MB" if memory else "")
        made = asked(stage, root, ["roster", "backup", "/data/backup.zip"]).split()[-1]
        say(asked(stage, root, ["roster", "backup", "--verify", made]).splitlines()[0])


def rank(key: str) -> None:
    """Rank for a request and show the first of the list."""
    started = time.monotonic()
    answer = json.loads(call("/api/v1/match", {"request": REQUEST, "top": 3}, key))
    people = answer.get("people") or answer.get("items") or []
    if not people:
        raise SystemExit(f"nobody was ranked: {answer}")
    say(f"ranked {len(people)} first people in {time.monotonic() - started:.2f} s")


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
    use(stage)
    say("replayed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
