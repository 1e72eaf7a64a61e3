"""A score as a drawing and as a table: the same points, adding up to the same figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roster.read import Contribution
from web.contexts.parts import percent
from web.figures import largest_remainder
from web.reason_words import clause
from web.tongues import Tongue

FEATURE_CSS = {
    "topic": "topic",
    "topics": "topic",
    "text": "topic",
    "semantic": "topic",
    "concepts": "topic",
    "passage": "topic",
    "activity": "activity",
    "activities": "activity",
    "language": "language",
    "languages": "language",
    "country": "country",
    "countries": "country",
    "region": "country",
    "peer": "peer",
    "seniority": "record",
    "kind": "peer",
    "record": "record",
    "track": "record",
    "track_record": "record",
    "free": "free",
    "availability": "free",
    "fresh": "fresh",
    "freshness": "fresh",
}
"""The colour of each feature, in the fixed order of the score; others take "other"."""

ORDER = ("topic", "activity", "language", "country", "peer", "record", "free", "fresh", "other")


@dataclass(frozen=True, slots=True)
class ScorePiece:
    """One piece of a bar: where it starts and how long it is, on the scale 0 to 100."""

    css: str
    x: str
    width: str
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One contribution in words: what, points, of how many, from what."""

    css: str
    label: str
    points: str
    most: str
    reason: str
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """A score with its pieces; `shown` is the sum of the points in `rows`."""

    shown: str
    pieces: tuple[ScorePiece, ...]
    rows: tuple[LedgerRow, ...] = ()
    most: str = "100"


def css_of(feature: str) -> str:
    """Return the class that colours a feature."""
    return FEATURE_CSS.get(feature, "other")


def score_of(score: float, contributions: Sequence[Contribution], tongue: Tongue) -> Score:
    """Draw a score so that the shown points add up to the shown score.

    Parameters
    ----------
    score : in [0, 100]
    contributions : add up to `score`
    tongue : the reader's language
    """
    ordered = sorted(contributions, key=lambda part: ORDER.index(css_of(part.feature)))
    points = largest_remainder([part.points for part in ordered], round(score, 1), digits=1)
    most = largest_remainder([part.most for part in ordered], None, digits=0)
    pieces: list[ScorePiece] = []
    start = 0.0
    for part, shown in zip(ordered, points, strict=True):
        css = css_of(part.feature)
        pieces.append(ScorePiece(css, percent(start, 100), percent(shown, 100), part.value is None))
        start += shown
    rows = tuple(
        LedgerRow(
            css_of(part.feature),
            tongue.feature(part.feature),
            tongue.points(shown),
            tongue.number(whole),
            clause(part.reason, tongue),
            part.value is None,
        )
        for part, shown, whole in zip(ordered, points, most, strict=True)
    )
    drawn = tuple(piece for piece in pieces if piece.width != "0%")
    return Score(tongue.points(sum(points)), drawn, rows, tongue.number(sum(most)))
