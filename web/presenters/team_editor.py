"""The form of a team's rules: all that can be asked of a team, as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from roster.inputs import LanguageInput, SeatInput
from roster.read import ExpertRow, TeamRules
from roster.reference import activities, topics
from roster.vocabulary import ActivityType, ExpertKind, LanguageLevel, SeatRole, TeamMode
from web.contexts.parts import Choice, FormField
from web.contexts.teams import Move, RulesForm, SeatSpecRow
from web.presenters.ranking_query import NAMES_HIDDEN
from web.presenters.request_form import topic_choices
from web.presenters.team_query import (
    TeamQuery,
    input_of,
)
from web.tongues import Tongue
from web.wording import choices, say

_LEVELS = tuple(LanguageLevel)[:6]
_SEAT_LANGUAGES = 2
_TEAM_LANGUAGES = 6
_KEPT = frozenset({"at", "was", "proposal", "way", NAMES_HIDDEN[0]})
WISHES = ("in", "out", "conflict", "together", "apart")
"""What can be asked of named people; the last two of pairs."""


def rules_form(
    query: TeamQuery,
    rules: TeamRules,
    rows: Mapping[UUID, ExpertRow],
    names: Sequence[str],
    tongue: Tongue,
    *,
    is_open: bool = False,
    by_number: bool = False,
) -> RulesForm:
    """Return the form of everything that can be asked of a team, as it stands.

    Parameters
    ----------
    rules : with what the mode says where nothing was asked
    rows : people whom the rules name
    names : suggested where somebody is to be named
    by_number : whether people are named by their numbers in the list
    """
    _ = tongue.word
    team = input_of(rules)
    hidden = [("run", str(query.run)), ("mode_was", query.team.mode.value)]
    hidden += [("was_size", str(len(team.seats)))]
    hidden += [(n, v) for n, v in query.fields() if n in _KEPT]
    return RulesForm(
        action=f"/requests/{query.request_id}/team/rules",
        fields=(*_mode_fields(query, tongue), *_number_fields(query, rules, tongue)),
        seats=tuple(
            _seat_row(at, seat, len(team.seats), rows, tongue) for at, seat in enumerate(team.seats)
        ),
        languages=_language_rows(team.languages or (), rules, tongue),
        people=_named(query, rows, tongue),
        person=(
            FormField("who", name_label(tongue, by_number=by_number), autocomplete="off"),
            FormField(
                "wish",
                _("What is asked"),
                "select",
                choices=tuple(Choice(one, words) for one, words in _wish_words(tongue).items()),
            ),
            FormField(
                "whom", _("With or from whom"), hint=_("For pairs only."), autocomplete="off"
            ),
        ),
        names=tuple(names),
        modes=mode_rules(tongue),
        hidden=tuple(hidden),
        open=is_open,
    )


def name_label(tongue: Tongue, *, by_number: bool) -> str:
    """Return how the field is called in which somebody is named."""
    return tongue.word("Number in this list") if by_number else tongue.word("Name")


def mode_rules(tongue: Tongue) -> tuple[str, ...]:
    """Say what each mode asks of a team."""
    _ = tongue.word
    return (
        _(
            "Peer-to-peer: officials of EU Member States, each of another state unless more are "
            "allowed below; membership is that of the first day."
        ),
        _(
            "Triangular: at least one official of an EU Member State and one of a country outside "
            "the EU, not the one that asks; nobody of its own administration, who are "
            "counterparts."
        ),
        _("Custom: only what is set below."),
    )


def _mode_fields(query: TeamQuery, tongue: Tongue) -> tuple[FormField, ...]:
    _ = tongue.word
    on = frozenset({query.team.mode.value})
    hint = _("Another mode lays out its own seats.")
    size: tuple[FormField, ...] = ()
    if not query.team.seats:
        hint_size = _("1 to 8; more are added below.")
        size = (FormField("size", _("Seats"), "number", str(query.team.size), hint=hint_size),)
    return (
        FormField("mode", _("Mode"), "radios", choices=choices(tongue, TeamMode, on), hint=hint),
        *size,
    )


def _number_fields(query: TeamQuery, rules: TeamRules, tongue: Tongue) -> list[FormField]:
    _ = tongue.word

    def number(name: str, label: str, value: int | None, hint: str = "") -> FormField:
        return FormField(name, label, "number", "" if value is None else str(value), hint=hint)

    return [
        number("per_country", _("Most from one country"), rules.most_per_country),
        number("per_office", _("Most from one administration"), rules.most_per_administration),
        FormField(
            "officials",
            _("Least share of officials, in percent"),
            "number",
            f"{rules.least_practitioners * 100:g}",
        ),
        FormField(
            "starts", _("First day"), "date", rules.starts.isoformat() if rules.starts else ""
        ),
        FormField("ends", _("Last day"), "date", rules.ends.isoformat() if rules.ends else ""),
        number(
            "year_days",
            _("Most days out in the year"),
            query.team.most_days_a_year,
            _("This activity included. Empty: no cap."),
        ),
        number(
            "year_times",
            _("Most deployments in the year"),
            query.team.most_deployments_a_year,
            _("This one included. Empty: no cap."),
        ),
        number("newcomers", _("Never deployed before, at least"), query.team.least_newcomers),
        number(
            "returning",
            _("Served on the Action or the country before, at least"),
            query.team.least_returning,
        ),
    ]


def _seat_row(
    at: int, seat: SeatInput, number: int, rows: Mapping[UUID, ExpertRow], tongue: Tongue
) -> SeatSpecRow:
    _ = tongue.word
    moves = [Move(_("Up"), f"up:{at}")] if at else []
    moves += [Move(_("Down"), f"down:{at}")] if at < number - 1 else []
    moves += [Move(_("Remove"), f"remove:{at}")] if number > 1 else []
    return SeatSpecRow(
        title=_("Seat %(number)s", number=at + 1),
        words=", ".join(filter(None, (say(tongue, seat.role), seat_words(seat, tongue)))),
        fields=tuple(_seat_fields(at, seat, rows, tongue)),
        moves=tuple(moves),
    )


def seat_words(seat: SeatInput, tongue: Tongue) -> str:
    """Say what a seat asks for beside its role."""
    asked = [topics.label(one, tongue.code) for one in seat.topics]
    asked += [activities.label(one, tongue.code) for one in seat.activities]
    spoken = [f"{tongue.language(one.language)} {one.minimum.value}" for one in seat.languages]
    if len(spoken) > 1 and seat.one_language:
        spoken = [tongue.word("one of %(languages)s", languages=tongue.listed(spoken))]
    asked += spoken
    asked += [say(tongue, kind) for kind in seat.kinds]
    if seat.days:
        asked.append(tongue.words("%(num)s day", "%(num)s days", seat.days))
    return ", ".join(asked)


def _seat_fields(
    at: int, seat: SeatInput, rows: Mapping[UUID, ExpertRow], tongue: Tongue
) -> list[FormField]:
    name = f"seat_{at}"
    fields = [
        *_seat_work(name, seat, tongue),
        *_seat_people(name, seat, tongue),
        *_seat_languages(name, seat, tongue),
    ]
    if seat.keeper is not None and seat.keeper in rows:
        kept = Choice(str(seat.keeper), rows[seat.keeper].display_name, on=True)
        label = tongue.word("Keeps this seat")
        fields.append(FormField(f"{name}_keeper", label, "checks", choices=(kept,)))
    return fields


def _seat_work(name: str, seat: SeatInput, tongue: Tongue) -> list[FormField]:
    _ = tongue.word
    return [
        FormField(
            f"{name}_role",
            _("Role"),
            "select",
            choices=choices(tongue, SeatRole, frozenset({seat.role.value})),
        ),
        FormField(
            f"{name}_days",
            _("Days"),
            "number",
            str(seat.days or ""),
            hint=_("Empty: all days of the activity."),
        ),
    ]


def _seat_people(name: str, seat: SeatInput, tongue: Tongue) -> list[FormField]:
    _, done = tongue.word, frozenset(one.value for one in seat.activities)
    return [
        FormField(
            f"{name}_topics",
            _("Topics, one of them"),
            "select",
            multiple=True,
            choices=tuple(
                replace(one, on=one.value in seat.topics) for one in topic_choices(tongue)
            ),
        ),
        FormField(
            f"{name}_activities",
            _("Types of activity, one of them"),
            "select",
            multiple=True,
            choices=tuple(
                Choice(one.value, activities.label(one, tongue.code), one.value in done)
                for one in ActivityType
            ),
        ),
        FormField(
            f"{name}_kinds",
            _("Kinds of expert"),
            "select",
            multiple=True,
            hint=_("None chosen: any kind."),
            choices=choices(tongue, ExpertKind, frozenset(one.value for one in seat.kinds)),
        ),
    ]


def _seat_languages(name: str, seat: SeatInput, tongue: Tongue) -> list[FormField]:
    _ = tongue.word
    fields = []
    for number in range(max(_SEAT_LANGUAGES, len(seat.languages))):
        need = seat.languages[number] if number < len(seat.languages) else None
        spoken = tongue.language(need.language) if need else ""
        label = _("Language %(number)s", number=number + 1)
        fields.append(FormField(f"{name}_language_{number}", label, value=spoken))
        fields.append(_level(f"{name}_level_{number}", number + 1, need, tongue))
    which = (
        Choice("", _("all of them"), not seat.one_language),
        Choice("1", _("at least one of them"), seat.one_language),
    )
    fields.append(FormField(f"{name}_one", _("Of these languages"), "select", choices=which))
    return fields


def _level(name: str, number: int, need: LanguageInput | None, tongue: Tongue) -> FormField:
    now = need.minimum if need else LanguageLevel.B2
    label = tongue.word("Level of language %(number)s at least", number=number)
    levels = _LEVELS if now in _LEVELS else (*_LEVELS, now)
    options = tuple(Choice(one.value, one.value, one is now) for one in levels)
    return FormField(name, label, "select", choices=options)


def _language_rows(
    needs: Sequence[LanguageInput], rules: TeamRules, tongue: Tongue
) -> tuple[FormField, ...]:
    """Return a row for each working language of the team, and one more."""
    _ = tongue.word
    standing: list[tuple[str, LanguageInput | None, str]]
    standing = [(tongue.language(one.language), one, _who(one)) for one in needs]
    standing += [(tongue.language(code), None, "none") for code in sorted(rules.interpreted)]
    fields = []
    for number, (spoken, need, who) in enumerate([*standing, ("", None, "everyone")]):
        told = number + 1
        label = _("Language %(number)s", number=told)
        fields.append(FormField(f"language_{number}", label, value=spoken))
        fields.append(_level(f"level_{number}", told, need, tongue))
        options = (
            Choice("everyone", _("everyone"), who == "everyone"),
            Choice("one", _("one of the team"), who == "one"),
            Choice("none", _("an interpreter"), who == "none"),
        )
        label = _("Who speaks language %(number)s", number=told)
        fields.append(FormField(f"who_{number}", label, "select", choices=options))
    return tuple(fields)


def _who(need: LanguageInput) -> str:
    return "everyone" if need.everyone else "one"


def _wish_words(tongue: Tongue) -> dict[str, str]:
    _ = tongue.word
    return {
        "in": _("Must be in the team"),
        "out": _("Stays out of the team"),
        "conflict": _("Has a conflict of interest"),
        "together": _("Kept together with"),
        "apart": _("Kept apart from"),
    }


def _named(
    query: TeamQuery, rows: Mapping[UUID, ExpertRow], tongue: Tongue
) -> tuple[FormField, ...]:
    """Return whom the rules name, each to be unticked."""
    _, team = tongue.word, query.team

    def names(ids: Sequence[UUID]) -> str:
        return tongue.listed([rows[one].display_name for one in ids if one in rows])

    groups: dict[str, Sequence[tuple[UUID, ...]]] = {
        "in": [(one,) for one in team.forced_in],
        "out": [(one,) for one in team.forced_out],
        "conflict": [(one,) for one in team.conflicts],
        "together": team.together,
        "apart": team.apart,
    }
    labels = {
        "in": _("Must be in the team"),
        "out": _("Stay out of the team"),
        "conflict": _("Have a conflict of interest"),
        "together": _("Kept together"),
        "apart": _("Kept apart"),
    }
    fields = [
        FormField(
            name,
            labels[name],
            "checks",
            choices=tuple(
                Choice(".".join(map(str, group)), names(group) or _("Record erased"), on=True)
                for group in found
            ),
        )
        for name, found in groups.items()
        if found
    ]
    if team.asked_of:
        asked = tuple(Choice(one, tongue.country(one), on=True) for one in team.asked_of)
        label = _("Focal points to be asked first")
        fields.append(FormField("asked", label, "checks", choices=asked))
    return tuple(fields)
