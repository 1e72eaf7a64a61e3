"""The public list of Actions as a page, region by region."""

from __future__ import annotations

from collections.abc import Sequence

from roster.dates import Period
from roster.read.catalogue import CatalogueEntry, CatalogueFacility
from roster.reference import bodies, regions
from roster.vocabulary import ActionStatus
from web.contexts.exchange import CatalogueLine, CataloguePage, CatalogueRegion
from web.contexts.layout import Frame
from web.contexts.parts import Empty, Link
from web.presenters.action_head import STATUS_WORDS
from web.presenters.report_words import area_words, region_words
from web.tongues import Tongue


def catalogue_page(
    frame: Frame, tongue: Tongue, found: Sequence[CatalogueFacility]
) -> CataloguePage:
    """Return the Actions of the facilities that publish them."""
    entries = [one for facility in found for one in facility.entries]
    order = [*regions.FACILITY_REGIONS, None]
    groups = [(region, [one for one in entries if _region(one) == region]) for region in order]
    return CataloguePage(
        frame=frame,
        title=tongue.word("Catalogue of Actions"),
        lead=tongue.listed([facility.name for facility in found]),
        regions=tuple(
            CatalogueRegion(
                id=f"r{place}",
                title=region_words(tongue, region) if region else tongue.word("Other regions"),
                lines=tuple(_line(tongue, one) for one in held),
            )
            for place, (region, held) in enumerate(groups)
            if held
        ),
        json=Link("JSON", "/api/v1/catalogue"),
        empty=None if entries else Empty(tongue.word("No Action is published yet."), ""),
    )


def _region(one: CatalogueEntry) -> str | None:
    return one.region if one.region in regions.FACILITY_REGIONS else None


def _line(tongue: Tongue, one: CatalogueEntry) -> CatalogueLine:
    running = one.status is ActionStatus.ONGOING and one.ends is None
    return CatalogueLine(
        name=one.name,
        objective=one.objective,
        where=_where(tongue, one),
        when=tongue.period(Period(one.starts, one.ends, ongoing=running)),
        status=tongue.word(STATUS_WORDS[one.status]),
        themes=", ".join(area_words(tongue, area) for area in one.areas),
    )


def _where(tongue: Tongue, one: CatalogueEntry) -> str:
    named = tongue.listed([tongue.country(code) for code in one.countries])
    if named:
        return named
    known = {body.id: body.name for body in bodies.bodies()}
    return known.get(one.regional_body or "", one.regional_body or "")
