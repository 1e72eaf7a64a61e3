"""What would show a feature that a record does not show: for people, one clause each."""

from __future__ import annotations

SUPPLIES = {
    "topic": "a post or mission in one of the topics asked for, if there was one",
    "text": "a CV that tells the work in words, not in titles only",
    "semantic": "a CV that tells the work; it is compared by meaning once it was read",
    "passage": "what was done in each post or mission, in a sentence",
    "activity": "what was done on missions: trained, drafted, assessed",
    "language": "the level of each language asked for",
    "country": "the countries worked in or with, with years",
    "peer": "the office of the present post and what it is responsible for",
    "record": "feedback on a deployment, once there was one",
    "seniority": "the dates of the posts in public service",
    "free": "a word about the calendar around the dates asked for",
    "fresh": "a confirmation that the record is up to date",
}
"""Feature → what would supply it."""


def supplied_by(feature: str) -> str:
    """Return what would show a feature; a new one without words of its own is asked for plainly."""
    return SUPPLIES.get(feature, "what the record does not say about it yet")
