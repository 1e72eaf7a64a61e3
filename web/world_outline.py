"""Makes static/world.svg: the outlines of all countries, drawn once and kept by the browser.

Pages refer to `#land`, all of them, and to `#ML`, one of them. Run it as
`python -m web.world_outline` after the outlines of `roster.reference.world` changed; a test
compares the two.
"""

from __future__ import annotations

from roster.reference import world
from web.jinja import STATIC

FILE = "world.svg"


def drawn() -> str:
    """Return the drawing: one group with a path for each country, without any colour."""
    width, height = world.size()
    paths = "".join(f'<path id="{one.code}" d="{one.path}"/>' for one in world.outlines())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<g id="land">{paths}</g></svg>\n'
    )


if __name__ == "__main__":
    (STATIC / FILE).write_text(drawn(), encoding="utf-8")
