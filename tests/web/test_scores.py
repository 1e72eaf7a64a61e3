"""The drawn score and the told score are one."""

from hypothesis import given
from hypothesis import strategies as st

from roster.read import Contribution
from web.contexts.scores import ORDER, css_of, score_of
from web.presenters.ranked_people import gap_words
from web.tongues import tongue_of

FEATURES = ("fresh", "topic", "semantic", "country", "unheard_of")


@given(st.lists(st.floats(0, 20), min_size=5, max_size=5))
def test_shown_points_add_up_to_the_shown_score(points: list[float]) -> None:
    parts = [Contribution(f, None, p, 20.0, "") for f, p in zip(FEATURES, points, strict=True)]
    score = score_of(sum(points), parts, tongue_of("en"))
    assert round(sum(float(row.points) for row in score.rows), 1) == float(score.shown)
    assert abs(float(score.shown) - sum(points)) <= 0.05 + 1e-6
    assert sum(float(piece.width[:-1]) for piece in score.pieces) <= 100.01


def test_pieces_stand_in_the_fixed_order_and_missing_ones_are_hatched() -> None:
    parts = [Contribution(f, 1.0 if f == "topic" else None, 5.0, 20.0, "") for f in FEATURES]
    score = score_of(25.0, parts, tongue_of("en"))
    places = [ORDER.index(piece.css) for piece in score.pieces]
    assert places == sorted(places)
    assert [piece.unknown for piece in score.pieces] == [False, True, True, True, True]
    assert css_of("unheard_of") == "other"


def _part(feature: str, points: float, most: float, value: float | None = 0.5) -> Contribution:
    return Contribution(feature, value, points, most, f"because of {feature}")


def test_what_is_missing_is_not_what_the_person_is_best_at_unless_nothing_else_is() -> None:
    tongue = tongue_of("en")
    best = [_part("topic", 25, 30), _part("semantic", 20, 30)]
    assert "because of semantic" in gap_words([*best, _part("free", 1, 1)], tongue)
    assert "because of country" in gap_words([*best, _part("country", 2, 6)], tongue)
    unknown = _part("country", 2, 6, value=None)
    assert "because of semantic" in gap_words([*best, unknown], tongue)
    assert gap_words([_part("free", 0.5, 1)], tongue) == "", "less than a point is no word worth"
