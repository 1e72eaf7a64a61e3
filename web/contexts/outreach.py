"""Contexts of the order in which states are asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StateLine:
    """One state: its place, a bar, and why, in words."""

    place: str
    name: str
    chance: str
    """"62 %"; empty where there is too little to say."""
    width: str
    """Length of the bar, a percentage of the longest."""
    reasons: tuple[str, ...]
    """What speaks for it, the most telling first."""
    reach: tuple[str, ...]
    """Who can be asked there: focal points, people on the roster."""


@dataclass(frozen=True, slots=True)
class WhomToAsk:
    """The states in the order in which to ask, the first ones open, the others folded."""

    learnt: str
    first: tuple[StateLine, ...]
    others: tuple[StateLine, ...]
    others_title: str
    notes: tuple[str, ...] = ()
    """What the bar means, and what nothing is known of."""
