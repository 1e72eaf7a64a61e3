"""What a facility says about data protection as a form, and what a form says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from roster.errors import FieldError
from roster.inputs.privacy import MOST_NAMED, ORIGINAL_DAYS, WARN_DAYS, PrivacyRules
from roster.read.facilities import RulesChange
from roster.reference import countries
from roster.telling.privacy_words import PrivacyWords
from roster.vocabulary import Basis, Kept, Purpose, Regime
from web.contexts.administration import (
    FieldRow,
    PrivacyFormPage,
    PrivacyGroup,
    RulesChangeLine,
)
from web.contexts.layout import Frame, Head
from web.contexts.parts import Choice, ErrorLine, FormField
from web.forms import error_lines, filled
from web.presenters.facility_rules import Refused, Typed
from web.tongues import Tongue
from web.wording import marked

PATH = "/privacy/settings"
_ROWS: dict[str, tuple[str, ...]] = {
    "controllers": ("name", "contact", "part"),
    "processors": ("name", "country", "safeguard"),
    "recipients": ("name", "country", "safeguard"),
}
_ROW_LABELS = {
    "name": marked("Name"),
    "contact": marked("Where to write"),
    "part": marked("What it answers for"),
    "country": marked("Country"),
    "safeguard": marked("Safeguard"),
}
_ROW_TITLES = {
    "controllers": marked("Controller %(number)s"),
    "processors": marked("Processor %(number)s"),
    "recipients": marked("Recipient %(number)s"),
}
LABELS = {
    "regime": marked("Law"),
    "law": marked("Name of the law"),
    "contact": marked("Data protection contact"),
    "authority": marked("Supervisory authority"),
    "controllers": marked("Controllers"),
    "processors": marked("Processors"),
    "recipients": marked("Recipients outside"),
    "bases": marked("Lawful basis of each purpose"),
    "retention": marked("How long each class is kept"),
    "warn_days": marked("Days before a record goes, a warning"),
}
"""What each part of the form is called, also among the changes."""
_HINTS = {
    "law": marked("Where it is none of the Union: the rules or the act, by name and article."),
    "contact": marked("The data protection officer, or whoever answers experts who write."),
    "authority": marked("Where a person may complain."),
}
_LEADS = {
    "controllers": marked(
        "Who decides what for and how. Several answer jointly: say who does what."
    ),
    "processors": marked("Who works with the data for the facility: hosting, mail, support."),
    "recipients": marked(
        "Who outside gets data on people. For a country outside the Union, the safeguard says why "
        "that is lawful: adequacy decision, agreement, clauses or derogation, with the article."
    ),
    "bases": marked("What is not chosen is told as not said, to experts too."),
    "retention": marked(
        "In days. Empty: no end is set, and the class is told as such. When its time is over, "
        "a record is erased after a warning."
    ),
}
REFUSALS = (marked("Somebody changed this since you opened it. Read it again first."),)
"""What the form is refused for, marked for the catalogues."""
_SINGLE = ("regime", "law", "contact", "authority")
_ROW = re.compile(r"(controllers|processors|recipients)_(\d{1,3})_\w+")


class Read(NamedTuple):
    """A form as values for validation, and in which line of the form each row stood."""

    given: dict[str, Any]
    lines: dict[str, list[int]]


def privacy_form_page(
    frame: Frame,
    tongue: Tongue,
    rules: PrivacyRules,
    version: int,
    changes: Sequence[RulesChange],
    refused: Refused | None = None,
) -> PrivacyFormPage:
    """Return the form with what is said now, or with what was typed and what is wrong in it.

    Parameters
    ----------
    version : what the form was made from, so that nobody undoes another's change unseen
    """
    refused = refused or Refused()
    errors = _at_fields(refused.errors)
    groups = tuple(_groups(rules, tongue, refused.typed, errors))
    return PrivacyFormPage(
        frame=frame,
        head=Head(title=tongue.word("Data protection settings")),
        lead=tongue.word(
            "Notices to experts, the register and the impact assessment are made of this. "
            "Nothing is assumed: what is empty is told as not said yet. Each change is recorded."
        ),
        action=PATH,
        version=str(version),
        groups=groups,
        errors=tuple(_wrong(groups)),
        problem=refused.problem,
        missing=len(rules.missing),
        changes=tuple(_change(one, tongue) for one in changes),
    )


def _wrong(groups: Sequence[PrivacyGroup]) -> Iterator[ErrorLine]:
    """Yield what to correct; a field of a list is told with the line it stands in."""
    for group in groups:
        yield from error_lines(group.fields)
        for row in group.rows:
            for one in error_lines(row.fields):
                yield ErrorLine(one.href, f"{row.legend}, {one.words}")


def _named(name: str, tongue: Tongue) -> str:
    return tongue.word(LABELS[name])


def _lead(name: str, tongue: Tongue) -> str:
    return tongue.word(_LEADS[name])


def _groups(
    rules: PrivacyRules, tongue: Tongue, typed: Typed, errors: Mapping[str, str]
) -> Iterator[PrivacyGroup]:
    words = PrivacyWords(tongue.code)

    def done(fields: Sequence[FormField]) -> tuple[FormField, ...]:
        return tuple(filled(one, typed, errors) for one in fields)

    yield PrivacyGroup(words["who"], "", done(_who(rules, tongue, words)))
    for name in _ROWS:
        rows = tuple(
            FieldRow(tongue.word(_ROW_TITLES[name], number=number + 1), done(fields))
            for number, fields in enumerate(_rows(name, rules, tongue, typed))
        )
        yield PrivacyGroup(_named(name, tongue), _lead(name, tongue), (), rows)
    yield PrivacyGroup(_named("bases", tongue), _lead("bases", tongue), done(_bases(rules, words)))
    yield PrivacyGroup(
        _named("retention", tongue),
        _lead("retention", tongue),
        done(_times(rules, tongue, words)),
    )


def _who(rules: PrivacyRules, tongue: Tongue, words: PrivacyWords) -> list[FormField]:
    regimes = [(one.value, words.of("regime", one.value)) for one in Regime]
    held = rules.regime.value if rules.regime else ""
    return [
        FormField(
            name,
            _named(name, tongue),
            "select" if name == "regime" else "text",
            value="" if name == "regime" else getattr(rules, name) or "",
            hint=tongue.word(_HINTS[name]) if name in _HINTS else "",
            choices=_with_none(regimes, held, words) if name == "regime" else (),
        )
        for name in _SINGLE
    ]


def _rows(
    name: str, rules: PrivacyRules, tongue: Tongue, typed: Typed
) -> Iterator[list[FormField]]:
    """Yield the lines of a list: what is said, or as many as were sent, and an empty one."""
    held = getattr(rules, name)
    sent = _lines_sent(name, typed)
    # A form that came back with something wrong keeps its lines; else there is room for one more.
    count = min(len(sent) or len(held) + 1, MOST_NAMED)
    for number in range(count):
        said = held[number] if number < len(held) and not typed else None
        yield [
            FormField(
                f"{name}_{number}_{part}",
                tongue.word(_ROW_LABELS[part]),
                value=_shown(part, getattr(said, part, None) or "", tongue),
            )
            for part in _ROWS[name]
        ]


def _shown(part: str, value: str, tongue: Tongue) -> str:
    return tongue.country(value) if part == "country" and value else value


def _bases(rules: PrivacyRules, words: PrivacyWords) -> list[FormField]:
    choices = [(one.value, words.of("bases", one.value)) for one in Basis]
    return [
        FormField(
            f"bases_{one.value}",
            words.of("purpose", one.value),
            "select",
            choices=_with_none(choices, rules.bases.get(one, ""), words),
        )
        for one in Purpose
    ]


def _times(rules: PrivacyRules, tongue: Tongue, words: PrivacyWords) -> list[FormField]:
    usual = {Kept.ORIGINALS: ORIGINAL_DAYS}
    fields = [
        FormField(
            f"retention_{one.value}",
            words.of("kept", one.value),
            "number",
            value=str(rules.retention.get(one, "")),
            hint=_usual(usual.get(one), tongue),
        )
        for one in Kept
    ]
    warned = str(rules.warn_days or "")
    label = _named("warn_days", tongue)
    return [
        *fields,
        FormField("warn_days", label, "number", value=warned, hint=_usual(WARN_DAYS, tongue)),
    ]


def _usual(days: int | None, tongue: Tongue) -> str:
    return tongue.word("Usual: %(value)s.", value=tongue.number(days)) if days else ""


def _with_none(
    choices: Sequence[tuple[str, str]], held: str, words: PrivacyWords
) -> tuple[Choice, ...]:
    return (
        Choice("", words["missing"], not held),
        *(Choice(value, label, value == held) for value, label in choices),
    )


def _change(one: RulesChange, tongue: Tongue) -> RulesChangeLine:
    named = [tongue.word(words) for name, words in LABELS.items() if name in one.rules]
    return RulesChangeLine(
        when=tongue.day(one.at.date()),
        moment=one.at.isoformat(),
        who=one.by or tongue.word("the system"),
        rules=", ".join(named) or tongue.word("Data protection"),
    )


# --- What a form says -----------------------------------------------------------------------------


def rules_from(typed: Typed) -> Read:
    """Return what a form says, for validation; empty lines and fields say nothing."""
    said = {name: values[-1].strip() for name, values in typed.items() if values}
    given: dict[str, Any] = {name: said[name] for name in (*_SINGLE, "warn_days") if said.get(name)}
    lines: dict[str, list[int]] = {}
    for name, parts in _ROWS.items():
        lines[name] = []
        given[name] = []
        for number in _lines_sent(name, typed):
            row = {one: said.get(f"{name}_{number}_{one}", "") for one in parts}
            if any(row.values()):
                lines[name].append(number)
                given[name].append(_row(row))
    for name, listed in (("bases", Purpose), ("retention", Kept)):
        values = {one.value: said.get(f"{name}_{one.value}", "") for one in listed}
        given[name] = {key: value for key, value in values.items() if value}
    return Read(given, lines)


def _row(row: Mapping[str, str]) -> dict[str, str]:
    """Return one line; a country by its name becomes its code, what is none stays as typed."""
    held = {name: value for name, value in row.items() if value}
    if "country" in held:
        held["country"] = countries.code_for(held["country"]) or held["country"]
    return held


def at_lines(errors: Sequence[FieldError], read: Read) -> tuple[FieldError, ...]:
    """Return errors at the lines of the form, where empty ones stood between."""
    found = []
    for error in errors:
        steps = error.pointer.strip("/").split("/")
        if len(steps) > 1 and steps[0] in read.lines and steps[1].isdecimal():
            steps[1] = str(read.lines[steps[0]][int(steps[1])])
        found.append(FieldError("/" + "/".join(steps), error.detail))
    return tuple(found)


def _lines_sent(name: str, typed: Typed) -> list[int]:
    found = {int(match[2]) for match in map(_ROW.fullmatch, typed) if match and match[1] == name}
    return list(range(min(max(found) + 1, MOST_NAMED))) if found else []


def _at_fields(errors: Sequence[FieldError]) -> dict[str, str]:
    """Return the errors by field: `/recipients/0/country` is the field `recipients_0_country`."""
    joined: dict[str, str] = {}
    for error in errors:
        name = error.pointer.strip("/").replace("/", "_")
        joined[name] = f"{joined[name]} {error.detail}" if name in joined else error.detail
    return joined
