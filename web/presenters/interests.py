"""What states want to work on: the form of one's own, and what all said, for officers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from roster.errors import FieldError
from roster.read import InterestView
from roster.reference import regions, topics
from web.contexts.calls import InterestForm, InterestLine, InterestsPage
from web.contexts.layout import Frame, Head
from web.contexts.parts import Choice, Empty, FormField
from web.forms import errors_by_field, filled
from web.presenters.asked import tabs_of
from web.presenters.request_form import Typed
from web.presenters.stances import place_words
from web.tongues import Tongue

_OF_OFFERS = frozenset({"002", "019", "142", "150", "009"})


def interests_page(
    frame: Frame,
    found: Sequence[InterestView],
    own: frozenset[str],
    tongue: Tongue,
    *,
    officer: bool,
    typed: Mapping[str, Typed],
    errors: tuple[FieldError, ...],
) -> InterestsPage:
    """Return the forms of the reader's own states, and for officers what all states said.

    Parameters
    ----------
    typed : by state, what was sent and has to be corrected
    """
    _ = tongue.word
    said = {one.country: one for one in found}
    return InterestsPage(
        frame=frame,
        head=Head(
            _("What states want to work on") if officer else _("What we want to work on"),
            here=_("Interests"),
            tabs=tabs_of("interests", tongue),
            tabs_name=_("Calls"),
        ),
        forms=tuple(
            _as_typed(_form(country, said.get(country), tongue), typed.get(country), errors)
            for country in sorted(own)
        ),
        lines=tuple(_line(one, tongue) for one in found) if officer else (),
        empty=Empty(
            _("No state has said anything yet"),
            _("Focal points say here which topics and regions their state wants to work on."),
        )
        if officer and not found
        else None,
    )


def _as_typed(
    form: InterestForm, typed: Typed | None, errors: tuple[FieldError, ...]
) -> InterestForm:
    if typed is None:
        return form
    # A group of boxes without a tick is not sent at all; it was emptied all the same.
    sent = {"topics": (), "regions": (), **typed}
    said = errors_by_field(errors)
    return replace(form, fields=tuple(filled(field, sent, said) for field in form.fields))


def _line(one: InterestView, tongue: Tongue) -> InterestLine:
    return InterestLine(
        country=tongue.country(one.country),
        topics=tongue.listed([topics.label(code, tongue.code) for code in one.topics]),
        regions=tongue.listed([place_words(code, tongue) for code in one.regions]),
        note=one.note,
        when=tongue.day(one.updated_at.date()),
    )


def _topic_choices(held: Sequence[str], tongue: Tongue) -> tuple[Choice, ...]:
    return tuple(
        Choice(one.code, topics.label(one.code, tongue.code), one.code in held)
        for one in topics.topics()
    )


def _region_choices(places: Sequence[str], tongue: Tongue) -> tuple[Choice, ...]:
    """Return every subregion and what else was held, by name in the reader's language."""
    offered = {*regions.subregions(), *(one for one in places if one.isdecimal())}
    return tuple(
        Choice(code, place_words(code, tongue), code in places)
        for code in sorted(offered, key=lambda code: place_words(code, tongue))
    )


def _form(country: str, said: InterestView | None, tongue: Tongue) -> InterestForm:
    _ = tongue.word
    places = said.regions if said else ()
    return InterestForm(
        title=tongue.country(country),
        action=f"/interests/{country}",
        fields=(
            FormField(
                prefix=f"{country}-",
                name="topics",
                label=_("Topics"),
                kind="checks",
                choices=_topic_choices(said.topics if said else (), tongue),
            ),
            FormField(
                prefix=f"{country}-",
                name="regions",
                label=_("Regions"),
                kind="checks",
                choices=_region_choices(places, tongue),
            ),
            FormField(
                prefix=f"{country}-",
                name="countries",
                label=_("Countries"),
                value=", ".join(tongue.country(one) for one in places if not one.isdecimal()),
                hint=_("By name, separated by commas; leave empty for whole regions."),
            ),
            FormField(
                "note",
                _("In your words"),
                "textarea",
                said.note if said else "",
                prefix=f"{country}-",
            ),
        ),
    )
