"""Commands about personal data: of one person, of a facility, and the keys that lock it."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from api.commands.console import (
    FacilityOption,
    actor_for,
    content_of,
    is_interactive,
    opened,
    say,
    say_json,
    say_table,
    tell,
)
from roster import installation as whole
from roster.errors import InvalidInput
from roster.installation import erase as erase_everywhere
from roster.privacy import keeping, restrictions
from roster.privacy.assessment import assessment_of
from roster.privacy.configuration import read_rules, rules_here, set_rules
from roster.privacy.holdings import archive_of, copy_for
from roster.privacy.papers import PrivacyPaper, to_docx, to_markdown, to_values
from roster.privacy.register import notice_to_experts, register_of
from roster.tables import Facility
from roster.vocabulary import ErasureReason, RestrictionGround

privacy_app = typer.Typer(
    help="What the facility says about data protection, and papers made of it.",
    no_args_is_help=True,
)
keys_app = typer.Typer(help="Keys that lock files at rest.", no_args_is_help=True)

PersonArgument = Annotated[UUID, typer.Argument(help="Id of the record, as in its address.")]
_MOST_BYTES = 1_000_000


class PaperFormat(StrEnum):
    """What a paper is written as."""

    MARKDOWN = "md"
    DOCX = "docx"
    JSON = "json"


FormatOption = Annotated[PaperFormat, typer.Option("--format", help="md, docx or json.")]
OutOption = Annotated[
    Path | None, typer.Option("--out", help="File to write; needed for docx, else printed.")
]


class PaperLocale(StrEnum):
    """In which language a paper is written."""

    EN = "en"
    FR = "fr"
    ES = "es"
    PT = "pt"


LocaleOption = Annotated[PaperLocale, typer.Option("--locale", help="en, fr, es or pt.")]


def erase(
    expert_id: PersonArgument,
    reason: Annotated[ErasureReason, typer.Option("--reason", help="Why.")] = ErasureReason.ASKED,
    sure: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
    facility: FacilityOption = None,
) -> None:
    """Erase a person everywhere; it cannot be undone, and backups are erased when restored."""
    if is_interactive() and not sure:
        typer.confirm("Erase this person for good?", abort=True, err=True)
    with opened() as installation:
        with installation.work() as session:
            actor = actor_for(session, facility)
        erased = erase_everywhere(installation, actor, expert_id, reason=reason)
    rows = sum(erased.rows.values())
    say(f"The person was erased: {rows} rows besides those that hung on the record.")


def export_person(
    expert_id: PersonArgument,
    out: Annotated[Path, typer.Option("--out", help="ZIP file to write.")],
    facility: FacilityOption = None,
) -> None:
    """Write everything held on a person, with the files, to be handed to that person."""
    with opened() as installation, installation.work() as session:
        actor = actor_for(session, facility)
        now = installation.clock.now()
        copy = copy_for(session, actor, expert_id, vault=installation.vault, at=now)
        _write(out, archive_of(copy))
    say(f"{out}: {len(copy.data['held'])} kinds of records, {len(copy.files)} files.")


def restrict(
    expert_id: PersonArgument,
    note: Annotated[str, typer.Option("--note", help="What the person said.")],
    ground: Annotated[
        RestrictionGround, typer.Option("--ground", help="Why.")
    ] = RestrictionGround.OBJECTION,
    lift: Annotated[bool, typer.Option("--lift", help="Take it back.")] = False,
    facility: FacilityOption = None,
) -> None:
    """Keep a record and use it for nothing, or use it again with --lift."""
    with opened() as installation, installation.work() as session:
        actor, now = actor_for(session, facility), installation.clock.now()
        if lift:
            restrictions.lift(session, actor, expert_id, note=note, at=now)
        else:
            restrictions.restrict(session, actor, expert_id, ground=ground, note=note, at=now)
    say("The record is used again." if lift else "The record is kept and not used.")


def retention(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go; change nothing.")
    ] = False,
    facility: FacilityOption = None,
) -> None:
    """Warn, erase and forget what the facility set an end for; `serve` does so every hour."""
    with opened() as installation:
        if not dry_run:
            done = whole.keep_times(installation)
            say(
                f"{done.warned} warned of, {done.erased} people erased, {done.forgotten} rows gone."
            )
            return
        with installation.work() as session:
            actor, now = actor_for(session, facility), installation.clock.now()
            due = keeping.overdue(session, actor.facility_id, at=now)
            people = keeping.records_due(session, actor.facility_id, on=now.date())
    rows = [(one.kept.value, one.days if one.days else "no end set", one.rows) for one in due]
    say_table(("class", "days", "would go"), rows)
    say(f"{len(people)} people are due; they go once somebody was warned long enough ago.")


@privacy_app.command("show")
def show(facility: FacilityOption = None) -> None:
    """Print what the facility says, and what it has not said."""
    with opened() as installation, installation.work() as session:
        rules = rules_here(session, actor_for(session, facility))
    say_json(rules.model_dump(mode="json", exclude_none=True))
    for name in rules.missing:
        tell(f"Not said: {name}")


@privacy_app.command("set")
def set_from(
    path: Annotated[Path, typer.Argument(help="TOML or JSON; docs/privacy.md shows one.")],
    facility: FacilityOption = None,
) -> None:
    """Set what the facility says, whole, from a file; nothing is changed if anything is wrong."""
    given = _table_in(path)
    with opened() as installation, installation.work() as session:
        rules = read_rules(given)
        set_rules(session, actor_for(session, facility), rules, at=installation.clock.now())
    say(f"Set. {len(rules.missing)} points are not said yet.")
    for name in rules.missing:
        tell(f"Not said: {name}")


def _table_in(path: Path) -> dict[str, object]:
    content = content_of(path, _MOST_BYTES)
    try:
        text = content.decode("utf-8")
        read = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except (UnicodeDecodeError, ValueError) as error:
        raise InvalidInput(f"{path} cannot be read as TOML or JSON: {error}.") from error
    if not isinstance(read, dict):
        raise InvalidInput(f"{path} holds no table of names and values.")
    return read


@privacy_app.command("register")
def register(
    form: FormatOption = PaperFormat.MARKDOWN,
    out: OutOption = None,
    locale: LocaleOption = PaperLocale.EN,
    facility: FacilityOption = None,
) -> None:
    """Write the register of processing."""
    with opened() as installation, installation.work() as session:
        paper = register_of(session, actor_for(session, facility), locale=locale)
    _give(paper, form, out)


@privacy_app.command("dpia")
def dpia(
    form: FormatOption = PaperFormat.MARKDOWN,
    out: OutOption = None,
    facility: FacilityOption = None,
) -> None:
    """Write the impact assessment as far as it is known, to be finished by people."""
    with opened() as installation, installation.work() as session:
        paper = assessment_of(session, actor_for(session, facility))
    _give(paper, form, out)


@privacy_app.command("notice")
def notice(
    form: FormatOption = PaperFormat.MARKDOWN,
    out: OutOption = None,
    locale: LocaleOption = PaperLocale.EN,
    facility: FacilityOption = None,
) -> None:
    """Write what every expert of the facility is told."""
    with opened() as installation, installation.work() as session:
        here = session.get_one(Facility, actor_for(session, facility).facility_id)
        paper = notice_to_experts(here, locale=locale)
    _give(paper, form, out)


def _give(paper: PrivacyPaper, form: PaperFormat, out: Path | None) -> None:
    if form is PaperFormat.DOCX:
        if out is None:
            raise typer.BadParameter("Name the file to write.", param_hint="--out")
        _write(out, to_docx(paper))
    else:
        text = to_markdown(paper)
        if form is PaperFormat.JSON:
            text = json.dumps(to_values(paper), indent=2, ensure_ascii=False) + "\n"
        if out is None:
            say(text.rstrip())
        else:
            _write(out, text.encode())
    if paper.missing:
        tell(f"{len(paper.missing)} points are not said yet: {', '.join(paper.missing)}.")


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


@keys_app.command("rotate")
def rotate() -> None:
    """Make a new key and lock everything under it; older keys stay until 'keys retire'."""
    with opened() as installation:
        done = whole.rotate_keys(installation)
    say(f"{done} files and links are locked under the newest key.")


@keys_app.command("retire")
def retire() -> None:
    """Drop the older keys: backups from before cannot be opened without a copy of them."""
    with opened() as installation:
        gone = whole.retire_keys(installation)
    say(f"{gone} older keys were dropped.")


def day_at(text: str) -> datetime:
    """Return the moment at which a day begins, or the moment given, always aware.

    Raises
    ------
    typer.BadParameter
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter("Give a day, as 2027-03-01, or a moment with its zone.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
