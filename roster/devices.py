"""The kind of device of a session: browsers name themselves at length, and in riddles.

A library that knows thousands (`ua-parser`) was looked at: it is a megabyte that has to follow a
list of each month, takes a quarter of a second to begin, and calls these few by names that would
have to be turned into those that people use ("Mobile Safari" on "iOS" for an iPhone). Here nothing
depends on it but what a list of sessions says.
"""

from __future__ import annotations

from typing import NamedTuple

# The first that is named counts: nearly every browser also says that it is Chrome and Safari.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


class Device(NamedTuple):
    """A browser on a system, by the names that people use; "" for what is not known."""

    browser: str
    system: str


def device_of(agent: str) -> Device:
    """Return the kind of device by what its browser calls itself; versions make no other kind."""
    return Device(_named(_BROWSERS, agent), _named(_SYSTEMS, agent))


def _named(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in names if mark in agent), "")
