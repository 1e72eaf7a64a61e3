"""Commands that keep everything in one file and bring it back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.console import is_interactive, progress, say, settings, tell
from roster.errors import Conflict, InvalidInput

if TYPE_CHECKING:
    from roster.backups.manifest import Manifest
    from roster.backups.restoring import Restored


def backup(
    target: Annotated[
        Path, typer.Argument(metavar="TARGET", help="File to make, or folder to make it in.")
    ],
    with_keys: Annotated[
        bool,
        typer.Option("--with-keys", help="Put the keys that open the stored originals into it."),
    ] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Check a backup that is there instead of making one.")
    ] = False,
) -> None:
    """Keep everything in one file while the servers go on: all tables, files, models, the ledger.

    The same file is restored into SQLite and into PostgreSQL. It holds personal data in the clear:
    store it encrypted, for as long as your rules say.
    """
    if verify:
        if with_keys:
            raise InvalidInput("--verify makes no backup, so --with-keys means nothing beside it.")
        _verify(target)
        return
    from roster.backups.keeping import back_up  # noqa: PLC0415 -- half a second, not for --help.
    from roster.operations import note_backup  # noqa: PLC0415 -- as above.

    now, chosen = datetime.now(UTC), settings()
    with progress("Keeping rows") as told:
        path, kept = back_up(chosen, target, with_keys=with_keys, at=now, tell=told)
    note_backup(chosen.data_dir)
    tell(_about(kept))
    tell(_keys_said(kept))
    say(str(path))


def _verify(path: Path) -> None:
    from roster.backups.checking import verify  # noqa: PLC0415 -- as above.

    with progress("Checking bytes") as told:
        kept = verify(path, told)
    say(f"{path} is whole. {_about(kept)}")
    say(_keys_said(kept))


def _about(kept: Manifest) -> str:
    megabytes = sum(part.size for part in kept.parts.values()) / 1e6
    return (
        f"Made {kept.made_at:%Y-%m-%d %H:%M} UTC by version {kept.product}: schema "
        f"{kept.revision}, {kept.rows} rows in {len(kept.tables)} tables, {megabytes:.1f} MB."
    )


def _keys_said(kept: Manifest) -> str:
    if not kept.keys:
        return "No originals were ever stored: no key is needed."
    if kept.has_keys:
        return "The keys are in it: whoever has this file can open every original."
    return (
        f"The keys are not in it ({', '.join(kept.keys)}): without document.key or "
        "ROSTER_DOCUMENT_KEY the originals in it stay closed for good. Keep those elsewhere."
    )


def restore(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="A file that 'backup' made.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace what is there; asks before it does.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Bring everything back into an empty installation, and to the newest schema.

    Stop servers and workers first. Whoever was erased since the backup is erased again, by the
    ledger in the data folder, in the backup and in the database that is replaced.
    """
    from roster.backups.restoring import restore as bring_back  # noqa: PLC0415 -- as above.

    with progress("Checking bytes") as checked, progress("Restoring rows") as filled:
        done = bring_back(
            settings(),
            source,
            at=datetime.now(UTC),
            checked=checked,
            filled=filled,
            may_replace=lambda: replace and (yes or _asked()),
        )
    _say_restored(done)


def _asked() -> bool:
    tell("")
    tell("This deletes everything that is here now: people, CVs, requests, accounts, logs.")
    if not is_interactive():
        raise Conflict("Nothing was changed: nobody can be asked here. Add --yes to go ahead.")
    return typer.confirm("Delete it all and restore the backup?", abort=True, err=True)


def _say_restored(done: Restored) -> None:
    say(f"Restored. {_about(done.manifest)}")
    say(f"People erased again, whom the backup had brought back: {done.erased_again}.")
    if done.missing_keys:
        say(
            f"The originals stay closed: keys are missing here ({', '.join(done.missing_keys)}). "
            "Add the lines of the former document.key to that of the data folder, or set "
            "ROSTER_DOCUMENT_KEY."
        )
    if done.model is not None:
        say(f"The fitted model is in {done.model}: set ROSTER_MODEL_DIR to it.")
    say("The index is made anew at the next start; files that were not read yet are read then.")
