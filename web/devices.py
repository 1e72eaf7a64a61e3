"""The device of a session in a few words: browsers name themselves at length, and in riddles."""

from __future__ import annotations

from web.tongues import Tongue

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


def device_words(tongue: Tongue, agent: str) -> str:
    """Return browser and system of what a browser calls itself; what is no browser, as it is."""
    browser = _named(_BROWSERS, agent)
    system = _named(_SYSTEMS, agent)
    if browser and system:
        return tongue.word("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or agent or tongue.word("unknown device")


def _named(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in names if mark in agent), "")
