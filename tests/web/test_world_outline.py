"""The outlines that pages refer to are those of the reference data."""

from __future__ import annotations

from roster.reference import world
from web.jinja import STATIC
from web.world_outline import FILE, drawn


def test_the_kept_drawing_is_up_to_date() -> None:
    assert (STATIC / FILE).read_text(encoding="utf-8") == drawn()


def test_every_country_can_be_referred_to() -> None:
    assert all(f'id="{one.code}"' in drawn() for one in world.outlines())
