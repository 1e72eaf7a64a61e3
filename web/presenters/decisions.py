"""Votes, decisions, and what a request became: split, joined, forwarded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from roster.queries.requests import OPEN
from roster.read import RequestDetail, RequestRow
from roster.read.fiches import Ballot, DecisionView, Family, Kin, VoteView
from roster.vocabulary import RequestStatus, VoteChoice
from web.contexts.fiches import DecisionPage, Said, SmallForm
from web.contexts.layout import Frame
from web.contexts.parts import Chip, Choice, FormField, Link
from web.presenters.fiche_page import Refused, small_form
from web.presenters.request_head import head_of, path_of
from web.tongues import Tongue
from web.wording import say

_CHIPS = {VoteChoice.FOR: "pass", VoteChoice.AGAINST: "fail", VoteChoice.ABSTAIN: "unknown"}
_OUTCOMES = (RequestStatus.APPROVED, RequestStatus.REJECTED, RequestStatus.FORWARDED)
_BEFORE_SUBMISSION = (
    RequestStatus.RECEIVED,
    RequestStatus.SCREENED,
    RequestStatus.FICHE_DRAFTED,
)


def decision_page(
    frame: Frame,
    found: RequestDetail,
    ballot: Ballot,
    decided: Sequence[DecisionView],
    beside: tuple[Sequence[tuple[UUID, str]], Sequence[RequestRow]] | None,
    today: date,
    tongue: Tongue,
    refused: Refused,
) -> DecisionPage:
    """Return the page.

    Parameters
    ----------
    beside : other facilities of the installation, and other open requests of this one; None for
        who only reads
    """
    forms = _forms(found, ballot, beside, today, tongue, refused) if beside else ()
    return DecisionPage(
        frame=frame,
        head=head_of(found, "decision", today, tongue),
        finding=_finding(found, decided, tongue),
        ballot=_ballot_words(ballot, tongue),
        votes=tuple(vote_said(one, tongue) for one in ballot.votes),
        decided=tuple(_decision_said(one, tongue) for one in decided),
        forms=forms,
        kin=kin_lines(found.family, tongue),
        problem=refused.problem,
        way=Link(tongue.word("Open the fiche"), path_of(found, "fiche")),
    )


def vote_said(one: VoteView, tongue: Tongue) -> Said:
    """Return a vote with its reason."""
    when = f"{tongue.day(one.at.date())} {tongue.time(one.at)}"
    return Said(one.who, when, "", one.reason, Chip(_CHIPS[one.choice], say(tongue, one.choice)))


def kin_lines(family: Family, tongue: Tongue) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Say where a request comes from and what it became, in order; nothing where nothing is."""
    _ = tongue.word
    from_here = family.came_from is not None and family.came_from.id is not None
    here = tuple(one for one in family.parts if one.id is not None)
    there = tuple(one for one in family.parts if one.id is None)
    lines: list[tuple[str, tuple[Kin, ...]]] = [
        (_("Split off from") if from_here else _("Forwarded by"), _some(family.came_from)),
        (_("Split into"), here),
        (_("Forwarded to"), there),
        (_("Joined into"), _some(family.joined_into)),
        (_("Joined from"), family.joined),
    ]
    return tuple((label, tuple(map(_kin_link, kin))) for label, kin in lines if kin)


def _some(one: Kin | None) -> tuple[Kin, ...]:
    return (one,) if one else ()


def _kin_link(one: Kin) -> Link:
    if one.id is None:
        return Link(f"{one.facility}, {one.code}", "")
    return Link(f"{one.code}, {one.title}", f"/requests/{one.id}")


def _finding(found: RequestDetail, decided: Sequence[DecisionView], tongue: Tongue) -> str:
    if decided:
        return say(tongue, decided[0].outcome)
    if found.row.status in OPEN:
        return tongue.word("Not decided yet")
    return say(tongue, found.row.status)


def _ballot_words(ballot: Ballot, tongue: Tongue) -> str:
    if ballot.fiche_id is None:
        return tongue.word("No fiche was submitted: there is nothing to vote on yet.")
    words = tongue.words(
        "%(num)s of %(all)s members has voted",
        "%(num)s of %(all)s members have voted",
        len(ballot.votes),
        all=tongue.number(ballot.members),
    )
    if not ballot.least:
        return f"{words}."
    least = tongue.words(
        "the rules ask for %(num)s vote", "the rules ask for %(num)s votes", ballot.least
    )
    return f"{words}; {least}."


def _decision_said(one: DecisionView, tongue: Tongue) -> Said:
    _ = tongue.word
    about = [_("Version %(number)s", number=tongue.number(one.version))] if one.version else []
    if one.forwarded_to:
        about.append(_("to %(whom)s", whom=one.forwarded_to))
    minutes = [tongue.labelled(_("Minutes"), one.minutes)] if one.minutes else []
    return Said(
        who=one.by or _("the system"),
        when=tongue.day(one.decided_on),
        about=", ".join(about),
        text="\n".join([*filter(None, (one.reason,)), *minutes]),
        chip=Chip(
            "pass" if one.outcome is RequestStatus.APPROVED else "note", say(tongue, one.outcome)
        ),
    )


def _forms(
    found: RequestDetail,
    ballot: Ballot,
    beside: tuple[Sequence[tuple[UUID, str]], Sequence[RequestRow]],
    today: date,
    tongue: Tongue,
    refused: Refused,
) -> tuple[SmallForm, ...]:
    facilities, others = beside
    family = found.family
    gone = family.joined_into or any(one.id for one in family.parts)
    if found.row.status is RequestStatus.APPROVED and found.action_id is None and not gone:
        return (_begin_form(found, tongue),)
    if found.row.status not in OPEN or gone:
        return ()
    forms = [_decision_form(found, ballot, facilities, today, tongue, refused)]
    if found.row.status in _BEFORE_SUBMISSION:
        if len(found.need.countries) > 1:
            forms.append(_split_form(found, tongue, refused))
        if others:
            forms.append(_join_form(found, others, tongue, refused))
    return tuple(forms)


def _begin_form(found: RequestDetail, tongue: Tongue) -> SmallForm:
    words = tongue.word("Begin the Action")
    hint = tongue.word(
        "The approved fiche becomes its plan; the team that was kept is planned for."
    )
    return SmallForm(words, path_of(found, "action"), (), words, hint, open=True)


def _decision_form(
    found: RequestDetail,
    ballot: Ballot,
    facilities: Sequence[tuple[UUID, str]],
    today: date,
    tongue: Tongue,
    refused: Refused,
) -> SmallForm:
    _ = tongue.word
    targets = (
        Choice("", _("none of them")),
        *(Choice(str(one), name) for one, name in facilities),
    )
    without = FormField(
        "without_votes",
        _("Why it is decided with fewer votes"),
        hint=tongue.words("%(num)s vote is missing.", "%(num)s votes are missing.", ballot.missing),
    )
    fields = (
        FormField("outcome", _("Outcome"), "select",
                  choices=tuple(Choice(one.value, say(tongue, one)) for one in _OUTCOMES)),
        FormField("decided_on", _("Decided on"), "date", today.isoformat(), required=True),
        FormField("reason", _("Reasons"), "textarea", rows=3,
                  hint=_("Needed to reject and to forward.")),
        FormField("minutes", _("Minutes"), "textarea", rows=5),
        *((without,) if ballot.fiche_id and ballot.missing else ()),
        *((FormField("to_facility", _("Forward to another facility here"), "select",
                     choices=targets),) if facilities else ()),
        FormField("to_body", _("or to a body outside")),
    )  # fmt: skip
    action = path_of(found, "decision")
    form = small_form("decision", _("Record the decision"), action, fields, _("Record"), refused)
    return replace(form, open=True)


def _split_form(found: RequestDetail, tongue: Tongue, refused: Refused) -> SmallForm:
    _ = tongue.word
    fields = (
        FormField(
            "country",
            _("A request of its own for"),
            "checks",
            choices=tuple(
                Choice(code, tongue.country(code), on=True) for code in found.need.countries
            ),
            hint=_("Countries without a tick stay together in one further request."),
        ),
    )
    return small_form(
        "split",
        _("Split by country"),
        path_of(found, "split"),
        fields,
        _("Split"),
        refused,
        hint=_("This request stays and says as what it goes on."),
    )


def _join_form(
    found: RequestDetail, others: Sequence[RequestRow], tongue: Tongue, refused: Refused
) -> SmallForm:
    _ = tongue.word
    fields = (
        FormField(
            "with",
            _("Together with"),
            "checks",
            choices=tuple(Choice(str(one.id), f"{one.code}, {one.title}") for one in others),
        ),
        FormField("title", _("Title of the regional request"), value=found.row.title),
    )
    return small_form(
        "join",
        _("Join with others"),
        path_of(found, "join"),
        fields,
        _("Join"),
        refused,
        hint=_("A new request asks for all of it; those joined say as what they go on."),
    )
