"""The rules of a facility as a form: each with what it means, its usual value, who changed it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from roster.errors import FieldError
from roster.inputs import FacilityRules
from roster.inputs.facilities import POINTS
from roster.read.facilities import RulesChange
from roster.reference import countries, topics
from web.contexts.administration import RuleGroup, RulesChangeLine, RulesPage
from web.contexts.layout import Frame, Head
from web.contexts.parts import Choice, FormField, Link
from web.forms import error_lines, errors_by_field, filled
from web.presenters.report_words import area_words
from web.presenters.screening import point_words
from web.tongues import Tongue
from web.wording import marked

PATH = "/rules"
Typed = Mapping[str, tuple[str, ...]]
NOTHING: Typed = {}
_NUMBERS = (
    "least_votes",
    "fiche_days",
    "fiche_days_urgent",
    "call_days",
    "release_days",
    "reminder_days",
    "least_raters",
)
_SWITCHES = ("has_rounds", "names_last", "rates_people", "public_catalogue")
LABELS = {
    "steering": marked("Body that decides"),
    "least_votes": marked("Votes before a decision"),
    "eligible_countries": marked("Countries that may ask"),
    "areas": marked("Areas that are taken"),
    "screening": marked("Points of the screening"),
    "has_rounds": marked("Requests are taken in application rounds only"),
    "fiche_days": marked("Days to the fiche"),
    "fiche_days_urgent": marked("Days to the fiche, urgent"),
    "call_days": marked("Days to answer a call"),
    "release_days": marked("Days to answer a release"),
    "reminder_days": marked("Days before, a reminder"),
    "rates_people": marked("Feedback may rate a named expert"),
    "least_raters": marked("Ratings before any is shown"),
    "follow_up_months": marked("Months after closure"),
    "names_last": marked("Rankings begin without names"),
    "public_catalogue": marked("Anybody may read the list of Actions"),
}
"""What each rule is called."""
_HINTS = {
    "steering": marked("As its members call it: it stands above votes and decisions."),
    "least_votes": marked("0: a decision needs no vote."),
    "eligible_countries": marked("One a line, by name or code. Empty: any country may ask."),
    "areas": marked("None ticked: all areas are taken."),
    "screening": marked("Each is answered before a request goes on. One at least."),
    "has_rounds": marked("A request received outside every round is told so."),
    "fiche_days": marked("From the request to its fiche. Empty: no deadline."),
    "fiche_days_urgent": marked("Of requests of high priority. Empty: as any other."),
    "call_days": marked("Proposed for each new call; the officer can change it."),
    "release_days": marked("Proposed for each release asked; silence is not consent."),
    "reminder_days": marked("Calls, releases and questionnaires not answered are reminded once."),
    "rates_people": marked(
        "Off: no question about a person is asked. On: she reads what is shown and can contest it."
    ),
    "least_raters": marked("Of one person, by different people; never fewer than three."),
    "follow_up_months": marked(
        "When it is asked what became of an Action, for example 6, 12. Empty: never."
    ),
    "names_last": marked(
        "Reasons first: a name is opened by a step of its own, which is recorded, or shortlisted."
    ),
    "public_catalogue": marked(
        "Region, period, objective and themes on a page without signing in; never a name."
    ),
}
REFUSALS = (
    marked("Leave one point at least on the checklist."),
    marked("An urgent request cannot have more days than any other."),
    marked("A reminder has to come before the deadlines of calls and releases."),
    marked("Give up to six numbers of months from 1 to 120, each larger than the one before."),
    marked("Somebody changed the rules since you opened them. Read them again first."),
)
"""What the rules are refused for, marked for the catalogues."""
_GROUPS = (
    (marked("Who decides"), ("steering", "least_votes")),
    (marked("What is taken"), ("eligible_countries", "areas", "screening", "has_rounds")),
    (marked("Whom it lists"), ("names_last",)),
    (
        marked("Deadlines"),
        ("fiche_days", "fiche_days_urgent", "call_days", "release_days", "reminder_days"),
    ),
    (marked("Afterwards"), ("follow_up_months", "rates_people", "least_raters")),
    (marked("In public"), ("public_catalogue",)),
)


class Refused(NamedTuple):
    """A form that was not taken: what was typed, what to correct, and what else was wrong."""

    typed: Typed = NOTHING
    errors: Sequence[FieldError] = ()
    problem: str = ""


def rules_page(
    frame: Frame,
    tongue: Tongue,
    rules: FacilityRules,
    version: int,
    changes: Sequence[RulesChange],
    *,
    may_write: bool,
    also: Sequence[Link] = (),
    refused: Refused | None = None,
) -> RulesPage:
    """Return the rules; a form for whoever may change them, else what they say.

    Parameters
    ----------
    version : what the form was made from, so that nobody undoes another's change unseen
    also : pages that the reader may open, about what is set elsewhere
    refused : a form that was not taken, with what was typed; None shows what holds
    """
    refused = refused or Refused()
    said = errors_by_field(refused.errors)
    fields = {one.name: filled(one, refused.typed, said) for one in _fields(rules, tongue)}
    groups = tuple(
        RuleGroup(tongue.word(title), tuple(fields[name] for name in names))
        for title, names in _GROUPS
    )
    return RulesPage(
        frame=frame,
        head=Head(title=tongue.word("Rules of the facility")),
        lead=tongue.word("Coordinators and administrators change them; each change is recorded."),
        action=PATH if may_write else "",
        version=str(version),
        groups=groups,
        said=tuple((one.label, _said(one, tongue)) for one in fields.values()),
        errors=error_lines(fields.values()),
        problem=refused.problem,
        changes=tuple(_change(one, tongue) for one in changes),
        also=tuple(also),
    )


def _change(one: RulesChange, tongue: Tongue) -> RulesChangeLine:
    return RulesChangeLine(
        when=tongue.day(one.at.date()),
        moment=one.at.isoformat(),
        who=one.by or tongue.word("the system"),
        rules=", ".join(tongue.word(words) for name, words in LABELS.items() if name in one.rules),
    )


def _fields(rules: FacilityRules, tongue: Tongue) -> list[FormField]:
    """Return one field a rule, with what it says now."""
    kinds = dict.fromkeys(_NUMBERS, "number") | dict.fromkeys(_SWITCHES, "check")
    kinds |= {"eligible_countries": "textarea", "areas": "checks", "screening": "checks"}
    values, choices = _values(rules, tongue), _choices(rules, tongue)
    return [
        FormField(
            name,
            tongue.word(label),
            kinds.get(name, "text"),
            value=values.get(name, ""),
            hint=_hint(name, tongue),
            choices=choices.get(name, ()),
            wide=name == "has_rounds",
            required=name in {"steering", "call_days", "release_days", "reminder_days"},
        )
        for name, label in LABELS.items()
    ]


def _hint(name: str, tongue: Tongue) -> str:
    said = tongue.word(_HINTS[name])
    if name not in _NUMBERS:
        return said
    usual = FacilityRules.model_fields[name].default
    if usual is None:
        return said
    # Outside of the f-string, where the catalogues find it.
    told = tongue.word("Usual: %(value)s.", value=tongue.number(usual))
    return f"{said} {told}"


def _values(rules: FacilityRules, tongue: Tongue) -> dict[str, str]:
    numbers = {name: getattr(rules, name) for name in _NUMBERS}
    return {
        **{name: str(value) for name, value in numbers.items() if value is not None},
        **{name: "1" if getattr(rules, name) else "" for name in _SWITCHES},
        "steering": rules.steering,
        "follow_up_months": ", ".join(map(str, rules.follow_up_months)),
        "eligible_countries": "\n".join(
            sorted(tongue.country(code) for code in rules.eligible_countries or ())
        ),
    }


def _choices(rules: FacilityRules, tongue: Tongue) -> dict[str, tuple[Choice, ...]]:
    taken = rules.areas or ()
    return {
        "areas": tuple(
            Choice(one, area_words(tongue, one), one in taken) for one in topics.areas()
        ),
        "screening": tuple(
            Choice(one, point_words(one, tongue), one in rules.screening) for one in POINTS
        ),
    }


def _said(field: FormField, tongue: Tongue) -> str:
    """Return what a rule says, in words."""
    if field.kind == "check":
        return tongue.word("yes") if field.value else tongue.word("no")
    if field.kind == "checks":
        return tongue.listed([one.label for one in field.choices if one.on]) or tongue.word("all")
    if field.name == "eligible_countries":
        return ", ".join(field.value.splitlines()) or tongue.word("any country")
    return field.value or tongue.word("none")


# --- What a form says -----------------------------------------------------------------------------


def shown_typed(typed: Typed) -> Typed:
    """Return what was typed, with what was left unticked as such."""
    unticked: dict[str, tuple[str, ...]] = dict.fromkeys((*_SWITCHES, "areas", "screening"), ())
    return unticked | dict(typed)


def rules_from(
    typed: Typed, before: FacilityRules, tongue: Tongue
) -> tuple[dict[str, Any], tuple[FieldError, ...]]:
    """Return what the form says, for validation, and what of it cannot be read."""
    said = {name: values[-1].strip() for name, values in typed.items() if values}
    given: dict[str, Any] = {name: said[name] for name in (*_NUMBERS, "steering") if said.get(name)}
    given |= {name: bool(said.get(name)) for name in _SWITCHES}
    given["areas"] = [one for one in typed.get("areas", ()) if one] or None
    given["screening"] = _in_order(typed.get("screening", ()), before)
    named, unknown = _countries(said.get("eligible_countries", ""))
    given["eligible_countries"] = named or None
    given["follow_up_months"] = [
        one for one in re.split(r"[\s,;]+", said.get("follow_up_months", "")) if one
    ]
    if not unknown:
        return given, ()
    words = tongue.word("Nobody knows these countries: %(names)s.", names=", ".join(unknown))
    return given, (FieldError("/eligible_countries", words),)


def _in_order(ticked: Sequence[str], before: FacilityRules) -> list[str]:
    """Return the points in the order that the facility has them in; new ones come last."""
    return [one for one in dict.fromkeys((*before.screening, *ticked)) if one in ticked]


def _countries(text: str) -> tuple[list[str], list[str]]:
    """Return the codes of countries written one a line, and what is none."""
    codes: dict[str, None] = {}
    unknown = []
    for line in filter(None, (part.strip() for part in re.split(r"[\n;]", text))):
        # A name may hold a comma: a line is tried whole before it is taken apart.
        for name in [line] if countries.code_for(line) else line.split(","):
            code = countries.code_for(name.strip())
            if code:
                codes[code] = None
            elif name.strip():
                unknown.append(name.strip())
    return list(codes), unknown
