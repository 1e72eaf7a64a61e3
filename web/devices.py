"""The device of a session in a few words."""

from __future__ import annotations

from roster.devices import device_of
from web.tongues import Tongue


def device_words(tongue: Tongue, agent: str) -> str:
    """Return browser and system of what a browser calls itself; what is no browser, as it is."""
    browser, system = device_of(agent)
    if browser and system:
        return tongue.word("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or agent or tongue.word("unknown device")
