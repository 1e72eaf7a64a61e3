"""Do the main job in a replayed image, as its user, on a root that cannot be written.

The demonstration is loaded, a CV read, a request ranked over HTTP, the health check of the image
run, a backup made and checked. `replay_image.py` calls it with the folder that it worked in.
"""

from __future__ import annotations

import json
import re
import shlex
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

PORT = "8431"
Stage = SimpleNamespace
"""What `replay_image.py` wrote down of the last stage: root, env, folder, user, volumes, health,
command."""


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 -- a command talks.


def run(command: Sequence[str]) -> None:
    """Run a program of this machine; end with its words where it fails."""
    if subprocess.run(command, check=False).returncode:  # noqa: S603 -- ours
        raise SystemExit(f"failed: {shlex.join(command)[:300]}")


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


def main() -> int:
    """Use it, and say what was seen."""
    stage = Stage(**json.loads((Path(sys.argv[1]) / "image.json").read_text()))
    stage.root = Path(stage.root)
    use(stage)
    say("replayed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
