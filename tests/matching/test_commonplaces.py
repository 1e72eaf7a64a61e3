"""What every letter and every CV says tells nobody apart."""

from __future__ import annotations

import numpy as np
import pytest

from matching.commonplaces import (
    COURTESIES,
    FIELD,
    LEAST_WEIGHT,
    cvs_apart,
    letter_apart,
    sentence_weights,
)
from tests.matching.letters import LetterEncoder

ENCODER = LetterEncoder()


# The stand-in for the encoder knows Latin letters only.
@pytest.mark.parametrize("code", sorted({*COURTESIES} - {"ar"}))
def test_a_courtesy_counts_next_to_nothing_in_its_language(code: str) -> None:
    weights = sentence_weights(ENCODER.encode(COURTESIES[code]), ENCODER, code)
    assert weights == pytest.approx(np.full(len(weights), LEAST_WEIGHT))


def test_what_is_like_no_courtesy_counts_fully() -> None:
    assert sentence_weights(ENCODER.encode(["zzz qqq xxx"]), ENCODER, "en") == pytest.approx([1.0])


def test_an_unknown_language_is_held_against_all() -> None:
    vectors = ENCODER.encode(COURTESIES["es"][:1])
    assert sentence_weights(vectors, ENCODER, "sw") == pytest.approx([LEAST_WEIGHT])
    assert sentence_weights(vectors, ENCODER, None) == pytest.approx([LEAST_WEIGHT])


def test_vectors_are_of_length_one_and_a_missing_one_stays_missing() -> None:
    raw = np.vstack([ENCODER.encode(["forged passports"]), np.zeros((1, 26), np.float32)])
    apart = cvs_apart(raw, ENCODER, ["en", None])
    assert np.linalg.norm(apart, axis=1) == pytest.approx([1.0, 0.0])
    assert np.linalg.norm(letter_apart(raw[0], ENCODER, "xx")) == pytest.approx(1.0)
    assert cvs_apart(raw[:0], ENCODER, []).shape == (0, 26)


@pytest.mark.parametrize("code", sorted(FIELD))
def test_what_the_whole_field_is_about_counts_less_than_the_subject(code: str) -> None:
    subject = "zzz qqq xxx"
    field, own, letter = ENCODER.encode([FIELD[code], subject, f"{FIELD[code]} {subject * 20}"])
    apart = letter_apart(letter, ENCODER, code)
    assert apart @ field < letter @ field
    assert apart @ own > letter @ own
