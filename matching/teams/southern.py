"""Why somebody holds the Southern seat: what her country shares with the one that asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from matching import relations
from matching.text import list_in_words
from roster.read import ExpertView, RequestView
from roster.reference import bodies, regions
from roster.vocabulary import AdministrationKind

LIKE_OFFICE = 0.5
"""From so near on one kind of administration is comparable to another."""
_MOST_BODIES = 2


def southern_reasons(
    view: ExpertView, request: RequestView, beneficiaries: Sequence[str], day: date
) -> tuple[str, ...]:
    """Return what speaks for a Southern peer: region, language, regional body, like system.

    One clause that says so where nothing of it is on record.
    """
    found = [
        *(clause for one in beneficiaries for clause in _of_country(view, one, day)),
        *_of_body(view, request, day),
        *_of_system(view, request),
    ]
    return tuple(dict.fromkeys(found)) or (
        "no region, language, regional body or like administration in common on record",
    )


def _of_country(view: ExpertView, beneficiary: str, day: date) -> Iterator[str]:
    home, name = view.home_country, relations.country_label(beneficiary)
    if home is None or home == beneficiary:
        return
    region = regions.subregion_of(home)
    if region is not None and region == regions.subregion_of(beneficiary):
        yield f"region: {regions.region_name(region)}, as {name}"
    spoken = {item.value.language for item in view.languages}
    spoken |= relations.official_languages(home)
    shared = sorted(spoken & relations.official_languages(beneficiary))
    if shared:
        named = list_in_words([relations.language_label(one) for one in shared])
        yield f"language: {named}, as in {name}"
    both = [
        one
        for one in bodies.bodies_of(home, day)
        if one in bodies.bodies_of(beneficiary, day)
        and len(bodies.members(one, day)) <= relations.WIDE_BODIES
    ]
    both.sort(key=lambda one: (len(bodies.members(one, day)), one))
    if both:
        named = list_in_words([bodies.body(one).name for one in both[:_MOST_BODIES]])
        yield f"regional body: {named}, with {name}"


def _of_body(view: ExpertView, request: RequestView, day: date) -> Iterator[str]:
    asks = request.regional_body
    if asks is not None and view.home_country in bodies.members(asks, day):
        yield f"regional body: a member of {bodies.body(asks).name}, which asks"


def _of_system(view: ExpertView, request: RequestView) -> Iterator[str]:
    asks = request.administration
    if asks is None or asks is AdministrationKind.OTHER:
        return
    near = relations.administrations_near(asks.value)
    held = [item.value.administration for item in view.posts]
    best = max(
        (one for one in held if one is not None),
        key=lambda one: near.get(one.value, 0.0),
        default=None,
    )
    if best is not None and near.get(best.value, 0.0) >= LIKE_OFFICE:
        like = relations.administration_label(best.value)
        own = "the same kind as" if best is asks else "comparable to"
        yield f"system: {like} administration, {own} the one that asks"
