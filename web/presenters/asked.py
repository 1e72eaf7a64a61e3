"""What is asked for, answered and due, in the words that calls and releases share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from roster.read import Asked, CallView, Overlap, ReleaseRow, SeatAsked
from roster.reference import topics
from roster.vocabulary import CallAnswer, Engagement, ReleaseOutcome
from web.contexts.calls import CallRow, ReleaseLine
from web.contexts.layout import Fact, Tab
from web.contexts.parts import Chip, PostButton
from web.presenters.persons import name_of
from web.presenters.request_head import countries_words, days_words
from web.tongues import Tongue
from web.wording import marked, say

_CHIPS = {
    ReleaseOutcome.PENDING: "clock",
    ReleaseOutcome.GRANTED: "pass",
    ReleaseOutcome.REFUSED: "fail",
    ReleaseOutcome.EXPIRED: "look",
    ReleaseOutcome.WITHDRAWN: "note",
}
_ELSEWHERE = {
    Engagement.NOMINATED: marked("Same days: nominated for %(code)s, %(days)s."),
    Engagement.ASKED: marked("Same days: release asked for %(code)s, %(days)s."),
    Engagement.RELEASED: marked("Same days: released for %(code)s, %(days)s."),
    Engagement.DEPLOYED: marked("Same days: sent to %(code)s, %(days)s."),
}
_TABS = (
    ("calls", marked("Calls"), "/calls"),
    ("releases", marked("Releases"), "/releases"),
    ("interests", marked("Interests"), "/interests"),
)


def tabs_of(current: str, tongue: Tongue) -> tuple[Tab, ...]:
    """Return the tabs of calls, releases and interests; `current` is one of these words."""
    return tuple(Tab(tongue.word(words), href, "", key == current) for key, words, href in _TABS)


def title_of(asked: Asked, tongue: Tongue) -> str:
    """Return what a request is about and for whom, without its own words."""
    about = [topics.label(code, tongue.code) for code in asked.topics]
    place = countries_words(asked.countries, asked.regional_body, tongue)
    return ", ".join(filter(None, (tongue.listed(about), place))) or asked.code


def line_of(asked: Asked, tongue: Tongue) -> str:
    """Return when and in which languages, in one line; empty where neither is known."""
    spoken = [tongue.language(one.language) for one in asked.languages]
    when = days_words(asked.starts, asked.ends, tongue)
    return "; ".join(filter(None, (when, tongue.listed(spoken))))


def facts_of(asked: Asked, tongue: Tongue) -> tuple[Fact, ...]:
    """Return what a focal point is told of a request, for the head of a page."""
    _ = tongue.word
    place = countries_words(asked.countries, asked.regional_body, tongue)
    spoken = [
        _(
            "%(language)s, %(level)s or better",
            language=tongue.language(one.language),
            level=one.minimum.value,
        )
        for one in asked.languages
    ]
    return (
        Fact(_("For"), place or _("not said")),
        Fact(_("On site"), days_words(asked.starts, asked.ends, tongue) or _("not said")),
        Fact(_("Working language"), "; ".join(spoken) or _("not said")),
    )


def seat_words(seat: SeatAsked, tongue: Tongue) -> str:
    """Return what a seat asks for, in one line."""
    wanted = [topics.label(code, tongue.code) for code in seat.topics]
    wanted += [tongue.language(one.language) for one in seat.languages]
    wanted += [say(tongue, kind) for kind in seat.kinds]
    if seat.days:
        wanted.append(tongue.words("%(num)s day", "%(num)s days", seat.days))
    role = say(tongue, seat.role)
    return tongue.labelled(role, ", ".join(wanted)) if wanted else role


def due_chip(day: date, today: date, tongue: Tongue, *, closed: bool = False) -> Chip:
    """Return how long there is for an answer."""
    if closed:
        return Chip("note", tongue.word("closed"))
    left = (day - today).days
    if left < 0:
        return Chip("look", tongue.word("over since %(day)s", day=tongue.day(day)))
    if left == 0:
        return Chip("clock", tongue.word("due today"))
    return Chip("clock", tongue.words("%(num)s day left", "%(num)s days left", left))


def call_row(one: CallView, today: date, tongue: Tongue) -> CallRow:
    """Return a call as it stands in a list; for officers by its title."""
    people = sum(person.withdrawn_at is None for person in one.nominations)
    return CallRow(
        href=f"/calls/{one.id}",
        title=one.title or title_of(one.asked, tongue),
        reference=one.asked.code,
        asked=line_of(one.asked, tongue),
        due=due_chip(one.deadline, today, tongue, closed=one.closed_at is not None),
        answer=_answers(one, tongue),
        people=tongue.words("%(num)s nominated", "%(num)s nominated", people)
        if people
        else tongue.word("nobody nominated"),
    )


def _answers(one: CallView, tongue: Tongue) -> str:
    if one.title:
        return tongue.words(
            "%(answered)s of %(num)s country answered",
            "%(answered)s of %(num)s countries answered",
            len(one.recipients),
            answered=tongue.number(one.answered),
        )
    said = {recipient.answer for recipient in one.recipients}
    if None in said:
        return tongue.word("not answered yet")
    return ", ".join(say(tongue, answer) for answer in CallAnswer if answer in said)


def overlap_words(overlaps: Sequence[Overlap], tongue: Tongue) -> str:
    """Return what else takes somebody up on the same days; empty where nothing does."""
    return " ".join(
        tongue.word(
            _ELSEWHERE[one.engagement], code=one.code, days=tongue.days(one.starts, one.ends)
        )
        for one in overlaps
    )


def outcome_chip(outcome: ReleaseOutcome, tongue: Tongue) -> Chip:
    """Return where a release stands."""
    return Chip(_CHIPS[outcome], say(tongue, outcome))


def release_line(
    one: ReleaseRow, tongue: Tongue, *, take_back: PostButton | None = None, whole: bool = True
) -> ReleaseLine:
    """Return a release in a table.

    Parameters
    ----------
    whole : False where the request is known from the page around it
    """
    asked = []
    if one.asked is None:
        asked.append(tongue.word("in general"))
    elif whole:
        asked += [f"{title_of(one.asked, tongue)} ({one.asked.code})", line_of(one.asked, tongue)]
    if one.seat is not None:
        asked.append(tongue.word("seat %(number)s", number=tongue.number(one.seat)))
    if one.asked is not None:
        asked.append(tongue.word("asked %(day)s", day=tongue.day(one.asked_on)))
    if one.due_on is not None:
        asked.append(tongue.word("wanted by %(day)s", day=tongue.day(one.due_on)))
    if one.reminded_on is not None:
        asked.append(tongue.word("reminded %(day)s", day=tongue.day(one.reminded_on)))
    return ReleaseLine(
        id=str(one.id),
        person=name_of(one.person, tongue),
        chip=outcome_chip(one.outcome, tongue),
        asked=", ".join(filter(None, asked)),
        said=_said(one, tongue),
        warning=overlap_words(one.overlaps, tongue),
        take_back=take_back,
    )


def _said(one: ReleaseRow, tongue: Tongue) -> str:
    said = []
    if one.valid_from is not None and one.valid_to is not None:
        said.append(tongue.days(one.valid_from, one.valid_to))
    if one.days is not None:
        said.append(tongue.words("%(num)s day at most", "%(num)s days at most", one.days))
    if one.reason is not None:
        said.append(say(tongue, one.reason))
    if one.note:
        said.append(f"“{one.note}”")
    if one.answered_on is not None:
        said.append(", ".join(filter(None, (one.answered_by, tongue.day(one.answered_on)))))
    if one.is_late:
        said.append(tongue.word("late"))
    return "; ".join(said)
