"""Mandatory conditions: pass, fail or unknown, in words; no score makes up for a failed one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache

from matching import relations
from matching.arrays import NO_DAY
from matching.calendars import calendars_of
from matching.profile import written_in
from matching.text import list_in_words
from roster.read import (
    ExpertView,
    GateResult,
    LanguageNeed,
    LanguageSkill,
    ReleaseView,
    RequestView,
)
from roster.vocabulary import (
    Band,
    ExpertKind,
    ExpertStatus,
    Gate,
    GateOutcome,
    LanguageLevel,
    ReleaseOutcome,
    Stage,
)


def check_gates(view: ExpertView, request: RequestView) -> tuple[GateResult, ...]:
    """Hold one person against every condition that the request sets, in the order of telling."""
    results = [language_gate(view, need) for need in request.languages if need.everyone]
    either = alternatives(request.languages)
    if either:
        results.append(best_of([language_gate(view, need) for need in either]))
    results += [gate(view, request) for gate in (availability_gate, status_gate)]
    if request.excluded:
        results.append(excluded_gate(view, request))
    if request.declined:
        results.append(declined_gate(view, request))
    if request.conflicts or request.countries:
        results.append(conflict_gate(view, request))
    if request.release_required:
        results.append(release_gate(view, request))
    if request.kinds:
        results.append(kind_gate(view, request))
    return tuple(results)


def band_of(gates: Sequence[GateResult]) -> Band:
    """Return where somebody with these results stands."""
    return weighed(gates)[0]


def shortfall(gates: Sequence[GateResult]) -> tuple[int, float]:
    """Return how far somebody is from fitting, to be sorted: nearest first.

    Returns
    -------
    tuple of (failed conditions that no time and no course mends, distance of the others)
        A language level counts 1, thirty days of absence count 1.
    """
    return weighed(gates)[1:]


def weighed(gates: Sequence[GateResult]) -> tuple[Band, int, float]:
    """Return the band and the shortfall of somebody with these results, in one pass."""
    band, hard, away = Band.FIT, 0, 0.0
    for gate in gates:
        outcome = gate.outcome
        if outcome is GateOutcome.FAIL:
            band = Band.NOT
            hard += gate.distance is None
            away += (gate.distance or 0) * (1 / 30 if gate.gate is Gate.AVAILABILITY else 1.0)
        elif outcome is GateOutcome.UNKNOWN and band is Band.FIT:
            band = Band.ASK
    return band, hard, away


# --- Language -------------------------------------------------------------------------------------


def language_gate(
    view: ExpertView, need: LanguageNeed, written: frozenset[str] | None = None
) -> GateResult:
    """Hold a person's level in one language against the least level asked for.

    A list of languages without the one asked for says no, unless it is the language of the
    person's own administration or of her CV, which people forget to list; no list at all says
    nothing.

    Parameters
    ----------
    written : the language of her CV (`Profile.written`), where it is known already
    """
    held = _skill(view, need.language)
    if held is not None:
        return level_result(need.language, need.minimum, held.level)
    if not view.languages:
        return absent_result(need, listed=False)
    if need.language in relations.official_languages(view.home_country):
        return absent_result(need, listed=False)
    # Read last: to tell the language of a CV takes longer than all the rest.
    written = written_in(view) if written is None else written
    return absent_result(need, listed=need.language not in written)


def alternatives(needs: Sequence[LanguageNeed]) -> tuple[LanguageNeed, ...]:
    """Return the languages of which each person needs one, whichever; empty where there are none.

    Where nobody has to speak all, the work is done in several languages side by side: who speaks
    none of them cannot take part. One language that one member is to speak binds nobody else.
    """
    return () if len(needs) < 2 or any(need.everyone for need in needs) else tuple(needs)


def best_of(results: Sequence[GateResult]) -> GateResult:
    """Return the best of what somebody's alternatives give; where all fail, each with its reason.

    The shortfall is that of the nearest.
    """
    for outcome in (GateOutcome.PASS, GateOutcome.UNKNOWN):
        found = next((one for one in results if one.outcome is outcome), None)
        if found is not None:
            return found
    nearest = min(one.distance or 0.0 for one in results)
    reason = "; ".join(one.reason for one in results)
    return GateResult(Gate.LANGUAGE, GateOutcome.FAIL, reason, nearest)


def own_languages(home: str | None, written: Collection[str]) -> frozenset[str]:
    """Return the languages that somebody speaks who names others only."""
    return relations.official_languages(home) | frozenset(written)


def _skill(view: ExpertView, language: str) -> LanguageSkill | None:
    """Return the best known skill in a language, None where it is not named."""
    skills = [item.value for item in view.languages if item.value.language == language]
    return max(skills, key=lambda one: one.level.rank if one.level else 0, default=None)


@lru_cache(maxsize=4096)
def level_result(language: str, minimum: LanguageLevel, level: LanguageLevel | None) -> GateResult:
    """Say what a level in a language means for the least one asked for; None for an unknown one."""
    name = relations.language_label(language)
    if level is None:
        reason = f"{name} level unknown, {_level(minimum)} needed"
        return GateResult(Gate.LANGUAGE, GateOutcome.UNKNOWN, reason)
    if level.rank >= minimum.rank:
        return GateResult(Gate.LANGUAGE, GateOutcome.PASS, f"{name} {_level(level)}")
    reason = f"{name} {_level(level)}, {_level(minimum)} needed"
    return GateResult(Gate.LANGUAGE, GateOutcome.FAIL, reason, float(minimum.rank - level.rank))


@lru_cache(maxsize=4096)
def absent_result(need: LanguageNeed, *, listed: bool) -> GateResult:
    """Say what it means that a language is not named; `listed` where others are, without it."""
    name, least = relations.language_label(need.language), _level(need.minimum)
    if not listed:
        reason = f"{name} not stated, {least} needed"
        return GateResult(Gate.LANGUAGE, GateOutcome.UNKNOWN, reason)
    reason = f"{name} not among the languages given, {least} needed"
    return GateResult(Gate.LANGUAGE, GateOutcome.FAIL, reason, float(need.minimum.rank))


def _level(level: LanguageLevel) -> str:
    return "native" if level is LanguageLevel.NATIVE else level.value


# --- Availability ---------------------------------------------------------------------------------

NO_DATES = GateResult(Gate.AVAILABILITY, GateOutcome.PASS, "no dates set yet")


def window_of(request: RequestView) -> tuple[date, date] | None:
    """Return the first and last day of the activity; a single day given is both."""
    first, last = request.starts or request.ends, request.ends or request.starts
    return (first, last) if first and last else None


def availability_gate(view: ExpertView, request: RequestView) -> GateResult:
    """Hold a person's calendar against the window of the activity."""
    window = window_of(request)
    if window is None:
        return NO_DATES
    held = calendars_of([view]).without(request.action_id)
    (lost,), (touched,) = held.lost(*window), held.touched(*window)
    return calendar_result(int(lost), bool(touched), int(held.known_until[0]), *window)


@lru_cache(maxsize=4096)
def calendar_result(
    lost: int, touched: bool, known_until: int, first: date, last: date
) -> GateResult:
    """Say what a calendar means for a window.

    Parameters
    ----------
    lost : days of the window that an absence surely covers
    touched : whether any absence may fall into it
    known_until : ordinal, `NO_DAY` for who was never asked
    """
    if lost:
        reason = f"away {lost} of the {(last - first).days + 1} days, {days_in_words(first, last)}"
        return GateResult(Gate.AVAILABILITY, GateOutcome.FAIL, reason, float(lost))
    if touched:
        reason = f"may be away {days_in_words(first, last)}: the absence is dated loosely"
        return GateResult(Gate.AVAILABILITY, GateOutcome.UNKNOWN, reason)
    if known_until == NO_DAY:
        return GateResult(Gate.AVAILABILITY, GateOutcome.UNKNOWN, "availability never asked")
    if known_until < last.toordinal():
        until = _day(date.fromordinal(known_until))
        reason = f"availability known until {until} only"
        return GateResult(Gate.AVAILABILITY, GateOutcome.UNKNOWN, reason)
    return GateResult(Gate.AVAILABILITY, GateOutcome.PASS, f"free {days_in_words(first, last)}")


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def days_in_words(first: date, last: date) -> str:
    """Write two days and what lies between, without repeating what they share."""
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    return f"{_day(first)} – {_day(last)}"


# --- Standing -------------------------------------------------------------------------------------

_STATUS_OUTCOMES = {
    ExpertStatus.ACTIVE: GateOutcome.PASS,
    ExpertStatus.PAUSED: GateOutcome.FAIL,
    ExpertStatus.INACTIVE: GateOutcome.FAIL,
    ExpertStatus.WITHDRAWN: GateOutcome.FAIL,
    ExpertStatus.RESTRICTED: GateOutcome.FAIL,
}
_STATUS_RESULTS = {
    status: GateResult(
        Gate.STATUS,
        _STATUS_OUTCOMES.get(status, GateOutcome.UNKNOWN),
        f"{status.value} on the roster",
    )
    for status in ExpertStatus
}

_NOT_INFORMED = GateResult(
    Gate.STATUS, GateOutcome.UNKNOWN, "not told yet that a CV is here, so nobody is proposed"
)


def status_gate(view: ExpertView, request: RequestView) -> GateResult:  # noqa: ARG001 -- a gate
    """Hold a person's standing on the roster.

    A draft waits for confirmation and a person who was not told of her record waits for the notice,
    so both are unknown.
    """
    return status_result(view.status, informed=view.informed)


def status_result(status: ExpertStatus, *, informed: bool) -> GateResult:
    """Say what a standing means."""
    found = _STATUS_RESULTS[status]
    if found.outcome is GateOutcome.PASS and not informed:
        return _NOT_INFORMED
    return found


def excluded_gate(view: ExpertView, request: RequestView) -> GateResult:
    """Hold a person against the exclusion list of the request."""
    return excluded_result(listed=view.id in request.excluded)


@lru_cache(maxsize=2)
def excluded_result(*, listed: bool) -> GateResult:
    """Say what it means to be on the exclusion list, or not."""
    if listed:
        return GateResult(Gate.EXCLUDED, GateOutcome.FAIL, "on the exclusion list of the request")
    return GateResult(Gate.EXCLUDED, GateOutcome.PASS, "not excluded")


_GONE = {
    Stage.DECLINED: "declined for this request",
    Stage.NOT_AVAILABLE: "said not to be available for this request",
    Stage.NOT_RELEASED: "not released for this request",
}
_DECLINED = {
    stage: GateResult(Gate.DECLINED, GateOutcome.FAIL, words) for stage, words in _GONE.items()
}
_NOT_DECLINED = GateResult(Gate.DECLINED, GateOutcome.PASS, "has not declined")


def declined_gate(view: ExpertView, request: RequestView) -> GateResult:
    """Hold a person against who said no to the request already, or whose administration did."""
    stages = (one.stage for one in request.declined if one.expert_id == view.id)
    return declined_result(next(stages, None))


def declined_result(stage: Stage | None) -> GateResult:
    """Say what it means to have left a shortlist by a stage; None for who did not."""
    return _DECLINED.get(stage, _NOT_DECLINED) if stage else _NOT_DECLINED


_OFFICIALS = frozenset({ExpertKind.EU_ADMINISTRATION, ExpertKind.NON_EU_ADMINISTRATION})


def conflict_gate(view: ExpertView, request: RequestView) -> GateResult:
    """Hold a person against conflicts of interest, recorded or following from who employs her.

    A country's own officials are the counterparts of whoever is lent to it.
    """
    listed = view.id in request.conflicts
    return conflict_result(view.kind, view.home_country, request, listed=listed)


def conflict_result(
    kind: ExpertKind | None, home: str | None, request: RequestView, *, listed: bool
) -> GateResult:
    """Say whether somebody of a kind and home country has a conflict; `listed`: it is recorded."""
    return _conflict(listed, kind in _OFFICIALS and home in request.countries)


@lru_cache(maxsize=4)
def _conflict(listed: bool, own: bool) -> GateResult:
    if listed:
        return GateResult(Gate.CONFLICT, GateOutcome.FAIL, "conflict of interest recorded")
    if own:
        reason = "serves the beneficiary’s own administration: a counterpart, not a lent expert"
        return GateResult(Gate.CONFLICT, GateOutcome.FAIL, reason)
    return GateResult(Gate.CONFLICT, GateOutcome.PASS, "no conflict recorded")


def kind_gate(view: ExpertView, request: RequestView) -> GateResult:
    """Hold a person's kind against the kinds asked for."""
    return kind_result(view.kind, request)


def kind_result(kind: ExpertKind | None, request: RequestView) -> GateResult:
    """Say what a kind of expert means for the kinds asked for."""
    wanted = list_in_words(sorted(relations.kind_label(kind) for kind in request.kinds), "or")
    if kind is None:
        return GateResult(Gate.KIND, GateOutcome.UNKNOWN, f"kind of expert unknown, {wanted} asked")
    if kind in request.kinds:
        return GateResult(Gate.KIND, GateOutcome.PASS, relations.kind_label(kind))
    reason = f"{relations.kind_label(kind)}, {wanted} asked"
    return GateResult(Gate.KIND, GateOutcome.FAIL, reason)


# --- Release --------------------------------------------------------------------------------------


def release_gate(view: ExpertView, request: RequestView) -> GateResult:
    """Hold the home authority's answers; silence is unknown, never consent.

    An answer for this very request counts before one in general.
    """
    answers = [one for one in view.releases if one.request_id in (request.id, None)]
    answers.sort(key=lambda one: (one.request_id is None, one.valid_from or date.min))
    results = [_release_result(one, window_of(request)) for one in answers]
    order = (GateOutcome.PASS, GateOutcome.FAIL, GateOutcome.UNKNOWN)
    own = [r for r, a in zip(results, answers, strict=True) if a.request_id is not None]
    for pool in (own, results):
        for outcome in order:
            for result in pool:
                if result.outcome is outcome:
                    return result
    return GateResult(Gate.RELEASE, GateOutcome.UNKNOWN, "release not asked for yet")


def _release_result(answer: ReleaseView, window: tuple[date, date] | None) -> GateResult:
    if answer.outcome == ReleaseOutcome.GRANTED.value:
        return _granted(answer, window)
    if answer.outcome == ReleaseOutcome.PENDING.value:
        return GateResult(Gate.RELEASE, GateOutcome.UNKNOWN, "release asked for, no answer yet")
    general = answer.request_id is None
    outcome = GateOutcome.UNKNOWN if general else GateOutcome.FAIL
    said = f"release {answer.outcome}" + (" in general; ask for this request" if general else "")
    return GateResult(Gate.RELEASE, outcome, said)


def _granted(answer: ReleaseView, window: tuple[date, date] | None) -> GateResult:
    if window is None:
        return GateResult(Gate.RELEASE, GateOutcome.PASS, "release granted")
    first, last = window
    early = answer.valid_from is not None and first < answer.valid_from
    late = answer.valid_to is not None and last > answer.valid_to
    if early or late:
        until = f" until {_day(answer.valid_to)}" if answer.valid_to and late else ""
        return GateResult(
            Gate.RELEASE, GateOutcome.UNKNOWN, f"released{until}, not for the whole of the dates"
        )
    return GateResult(Gate.RELEASE, GateOutcome.PASS, "release granted")
