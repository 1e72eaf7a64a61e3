"""One person's record: every line with where it was read and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from roster.queries.gaps import STALE
from roster.read import (
    Dated,
    DocumentRow,
    Evidence,
    ExpertRecord,
    ExpertRow,
    LanguageSkill,
    MergeRow,
    PersonDeployment,
    ReadFact,
    RecordView,
    TopicExperience,
)
from roster.reference import topics
from roster.vocabulary import ExpertStatus, FactKind
from web.contexts.experts import (
    ExpertPage,
    LanguageLine,
    PlainLine,
    TopicBlock,
    ViewLine,
)
from web.contexts.layout import Fact, Frame, Head
from web.contexts.parts import Chip, FormField, Link, Piece, PostButton, Quote
from web.presenters.decided_facts import decided_panel
from web.presenters.expert_places import (
    countries_finding,
    country_lines,
    country_map,
    deployment_line,
    track_words,
)
from web.presenters.fact_words import kind_words, level_words, value_words
from web.presenters.merges import done_merge
from web.presenters.persons import name_of
from web.presenters.proofs import proof_words, source_words
from web.presenters.timeline import calendar, timeline
from web.tongues import Tongue
from web.wording import marked, say

_STATUS_CHIPS = {
    ExpertStatus.ACTIVE: "done",
    ExpertStatus.PAUSED: "look",
    ExpertStatus.INACTIVE: "note",
    ExpertStatus.WITHDRAWN: "fail",
    ExpertStatus.DRAFT: "unknown",
    ExpertStatus.RESTRICTED: "look",
    ExpertStatus.MERGED: "note",
}
_QUOTES = 3
_VIEWED = {
    "record": marked("read the record"),
    "cv": marked("read a CV"),
    "purpose": marked("said what the documents are opened for"),
    "cv page": marked("looked at a page of a CV"),
    "contact": marked("saw the contact data"),
    "export": marked("exported it"),
    "comparison": marked("compared the record with another one"),
    "unnamed": marked("saw the ranking without the name"),
    "name": marked("opened the name in a list without names"),
    "notice": marked("opened the letter to hand it over"),
}
_OUTCOMES = {
    "pending": ("unknown", marked("asked, no answer yet")),
    "granted": ("pass", marked("granted")),
    "refused": ("fail", marked("refused")),
    "expired": ("look", marked("expired")),
    "withdrawn": ("fail", marked("withdrawn")),
}


@dataclass(frozen=True, slots=True)
class Forms:
    """What the reader may change on the record."""

    may_write: bool = False
    first: str = ""
    last: str = ""
    reason: str = ""
    errors: tuple[tuple[str, str], ...] = ()
    """Field and sentence."""
    merges: tuple[MergeRow, ...] = ()
    """Records that this one took in."""
    letter: UUID | None = None
    """The notice that waits to reach the person."""
    may_erase: bool = False
    sent: tuple[PersonDeployment, ...] = ()
    """Where she was or is to be sent."""
    read: tuple[ReadFact, ...] = ()
    """What was read in CVs, for whoever keeps the record."""
    decided: UUID | None = None
    """The fact that was decided on just now."""
    may_rank: bool = False
    """Whether the reader may ask why the person does not stand higher for a request."""


def record_page(
    frame: Frame,
    tongue: Tongue,
    record: ExpertRecord,
    row: ExpertRow,
    views: Sequence[RecordView],
    *,
    today: date,
    forms: Forms,
) -> ExpertPage:
    """Return the page of a person's record."""
    return ExpertPage(
        frame=frame,
        head=_head(tongue, record, today),
        person=name_of(row, tongue),
        status=Chip(_STATUS_CHIPS[record.view.status], say(tongue, record.view.status)),
        timeline=timeline(record.view, today, tongue),
        timeline_finding=_timeline_finding(tongue, record, today),
        topics=tuple(_topics(tongue, record.view.topics)),
        countries=(countries := tuple(country_lines(tongue, record))),
        countries_finding=countries_finding(tongue, len(countries)),
        map=country_map(tongue, record),
        languages=tuple(_language(tongue, one) for one in record.view.languages),
        deployments=tuple(deployment_line(tongue, one) for one in forms.sent),
        deployments_finding=track_words(tongue, record),
        education=tuple(_education(tongue, record)),
        release=tuple(_release(tongue, record)),
        contact=tuple(_contact(tongue, record)),
        calendar=calendar(record.view, today, tongue),
        views=tuple(view_line(tongue, one) for one in views),
        documents=tuple(_document_link(tongue, one) for one in record.documents),
        actions=_actions(tongue, record, forms),
        availability_action=f"/experts/{record.view.id}/availability" if forms.may_write else "",
        availability_fields=_availability_fields(tongue, forms),
        status_buttons=tuple(_status_buttons(tongue, record)) if forms.may_write else (),
        notes=() if record.informed else (_not_informed(tongue),),
        same=_same(tongue, record) if forms.may_write else None,
        merges=tuple(done_merge(tongue, one) for one in forms.merges),
        decided=decided_panel(tongue, record.view.id, forms.read, opened=bool(forms.decided)),
        letter=_letter(tongue, forms.letter) if forms.letter and not record.informed else None,
    )


def _actions(tongue: Tongue, record: ExpertRecord, forms: Forms) -> tuple[Link, ...]:
    here = f"/experts/{record.view.id}"
    links = [Link(tongue.word("CV as a document"), f"{here}/cv")]
    if forms.may_rank:
        links.append(Link(tongue.word("Why not for a request?"), f"{here}/requests"))
    if forms.may_erase:
        links.append(Link(tongue.word("What the person asks for"), f"{here}/rights"))
        links.append(Link(tongue.word("Erase"), f"{here}/erase"))
    return tuple(links)


def _document_link(tongue: Tongue, row: DocumentRow) -> Link:
    words = tongue.word("CV of %(day)s", day=tongue.day(row.uploaded_at.date()))
    return Link(words, f"/documents/{row.id}")


def _same(tongue: Tongue, record: ExpertRecord) -> Link:
    return Link(tongue.word("Same person as somebody else?"), f"/experts/{record.view.id}/same")


def _letter(tongue: Tongue, notice_id: UUID) -> Link:
    return Link(tongue.word("The letter to hand over"), f"/notices/{notice_id}")


def _not_informed(tongue: Tongue) -> str:
    return tongue.word(
        "This person has not been told yet that the record exists; a proposal waits for that."
    )


def _head(tongue: Tongue, record: ExpertRecord, today: date) -> Head:
    view = record.view
    kind = say(tongue, view.kind) if view.kind else tongue.word("unknown")
    confirmed = tongue.day(view.confirmed_on) if view.confirmed_on else tongue.word("never")
    return Head(
        title=view.display_name or tongue.word("Name not read"),
        crumbs=(Link(tongue.word("Experts"), "/experts"),),
        here=tongue.country(view.home_country)
        if view.home_country
        else tongue.word("country unknown"),
        facts=(
            Fact(tongue.word("Post"), view.headline or tongue.word("post unknown")),
            Fact(tongue.word("Kind"), kind),
            Fact(tongue.word("Confirmed"), confirmed),
        ),
        chips=_freshness(tongue, record, today),
    )


def _freshness(tongue: Tongue, record: ExpertRecord, today: date) -> tuple[Chip, ...]:
    """Return that a record in use was not looked at for a year; nothing where it was."""
    view = record.view
    fresh = view.confirmed_on is not None and view.confirmed_on >= today - STALE
    if fresh or view.status is not ExpertStatus.ACTIVE:
        return ()
    return (Chip("look", tongue.word("not confirmed for a year")),)


def _timeline_finding(tongue: Tongue, record: ExpertRecord, today: date) -> str:
    view = record.view
    starts = [one.period.start.first_day for one in view.posts if one.period.start]
    years = (today - min(starts)).days // 365 if starts else 0
    said = [
        tongue.words("%(num)s mission", "%(num)s missions", len(view.missions)),
        tongue.words("%(num)s post", "%(num)s posts", len(view.posts)),
    ]
    if years > 0:
        said.insert(0, tongue.words("%(num)s year of work", "%(num)s years of work", years))
    return tongue.listed(said)


def _topics(tongue: Tongue, found: Sequence[Dated[TopicExperience]]) -> Iterator[TopicBlock]:
    by_topic: dict[str, list[Dated[TopicExperience]]] = {}
    for one in sorted(found, key=lambda each: -each.value.strength):
        by_topic.setdefault(one.value.topic, []).append(one)
    for code, shown in by_topic.items():
        quotes: dict[str, Quote] = {}
        for one in shown:
            if one.evidence.quote:
                quotes.setdefault(one.evidence.quote, _quote(tongue, one.evidence))
        yield TopicBlock(
            topics.label(code, tongue.code),
            "; ".join(dict.fromkeys(tongue.period(one.period) for one in shown[:_QUOTES])),
            tuple(quotes.values())[:_QUOTES],
        )


def _quote(tongue: Tongue, proof: Evidence) -> Quote:
    return Quote(
        pieces=(Piece(proof.quote),),
        place=proof_words(tongue, proof),
        language=proof.language,
        check="" if proof.confirmed else tongue.word("not confirmed"),
    )


def _language(tongue: Tongue, one: Dated[LanguageSkill]) -> LanguageLine:
    skill = one.value
    source = source_words(tongue, one.evidence.source)
    return LanguageLine(
        name=tongue.language(skill.language),
        speaks=level_words(tongue, skill.speaking or skill.level),
        writes=level_words(tongue, skill.writing),
        source=f"{source}, “{skill.stated}”" if skill.stated else source,
    )


def _education(tongue: Tongue, record: ExpertRecord) -> Iterator[PlainLine]:
    view = record.view
    for label, lines in (
        (kind_words(tongue, FactKind.EDUCATION), view.education),
        (kind_words(tongue, FactKind.TRAINING), view.trainings),
        (kind_words(tongue, FactKind.PUBLICATION), view.publications),
    ):
        for one in lines:
            when = tongue.period(one.period) if one.period.start or one.period.end else ""
            note = ", ".join(filter(None, (when, source_words(tongue, one.evidence.source))))
            yield PlainLine(label, value_words(tongue, one.value), note)


def _release(tongue: Tongue, record: ExpertRecord) -> Iterator[PlainLine]:
    label = tongue.word("Release")
    for one in record.view.releases:
        state, words = _OUTCOMES[one.outcome]
        until = tongue.word("to %(day)s", day=tongue.day(one.valid_to)) if one.valid_to else ""
        yield PlainLine(label, until, one.reason or "", chip=Chip(state, tongue.word(words)))
    if not record.view.releases:
        yield PlainLine(label, "", unknown=tongue.word("not asked"))
    told = tongue.word("yes") if record.informed else ""
    yield PlainLine(tongue.word("Told of the record"), told, unknown=tongue.word("not yet"))
    nations = tongue.listed([tongue.country(code) for code in record.view.nationalities])
    yield PlainLine(
        kind_words(tongue, FactKind.NATIONALITY),
        nations,
        tongue.word("shown, never scored") if nations else "",
        tongue.word("not given"),
    )


def _contact(tongue: Tongue, record: ExpertRecord) -> Iterator[PlainLine]:
    for kind in (FactKind.EMAIL, FactKind.TELEPHONE, FactKind.BIRTH_YEAR):
        for fact in record.facts:
            if fact.kind is kind:
                source = source_words(tongue, fact.source)
                yield PlainLine(kind_words(tongue, kind), value_words(tongue, fact.value), source)


def view_line(tongue: Tongue, one: RecordView) -> ViewLine:
    """Say who looked at a record, what for and when."""
    who = one.who or tongue.word("a closed account")
    what = tongue.word(_VIEWED[one.what]) if one.what in _VIEWED else one.what
    return ViewLine(who, what, f"{tongue.day(one.at.date())} {tongue.time(one.at)}")


def _availability_fields(tongue: Tongue, forms: Forms) -> tuple[FormField, ...]:
    errors = dict(forms.errors)
    return (
        FormField(
            "first",
            tongue.word("First day"),
            "date",
            forms.first,
            required=True,
            error=errors.get("first", ""),
        ),
        FormField(
            "last",
            tongue.word("Last day"),
            "date",
            forms.last,
            required=True,
            error=errors.get("last", ""),
        ),
        FormField(
            "reason",
            tongue.word("Reason, if it may be known"),
            "text",
            forms.reason,
            error=errors.get("reason", ""),
        ),
    )


_MOVES = {
    ExpertStatus.ACTIVE: (
        (ExpertStatus.PAUSED, marked("Pause")),
        (ExpertStatus.INACTIVE, marked("Take off the roster")),
    ),
    ExpertStatus.PAUSED: (
        (ExpertStatus.ACTIVE, marked("Bring back")),
        (ExpertStatus.INACTIVE, marked("Take off the roster")),
    ),
    ExpertStatus.INACTIVE: ((ExpertStatus.ACTIVE, marked("Bring back")),),
    ExpertStatus.WITHDRAWN: ((ExpertStatus.ACTIVE, marked("Bring back")),),
    ExpertStatus.DRAFT: (),
    ExpertStatus.RESTRICTED: (),
    ExpertStatus.MERGED: (),
}


def _status_buttons(tongue: Tongue, record: ExpertRecord) -> Iterator[PostButton]:
    for status, label in _MOVES[record.view.status]:
        values = (("status", status.value),)
        yield PostButton(tongue.word(label), f"/experts/{record.view.id}/status", values)
