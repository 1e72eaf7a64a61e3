"""A record is cut into passages: nothing twice, nothing without its proof, never too many."""

from __future__ import annotations

from matching.arrays import NO_DAY
from matching.passages import MOST_PASSAGES, MOST_WORDS, Source, cut
from matching.profile import profile_of
from roster.read import Evidence
from tests.matching.people import mission, person, post

PROOF = Evidence(None, "quote", "CV")


def test_a_sentence_of_a_post_is_not_cut_again_from_the_free_text() -> None:
    duties = "Leads a team of nine. Trains officers in the detection of forged passports."
    view = person(
        1, posts=(post("Trainer", 2015, duties=duties),), text=f"{duties} Sings in a choir."
    )
    texts = [passage.text for passage in profile_of(view).passages]
    assert sum("forged passports" in text for text in texts) == 1
    assert "Sings in a choir." in texts


def test_a_passage_has_the_days_and_the_proof_of_its_mission() -> None:
    held = mission("Wrote a manual on visa fraud for consulates", ["GE"], 2021)
    (first, *_) = profile_of(person(1, missions=(held,))).passages
    assert first.evidence == held.evidence
    assert first.first != NO_DAY


def test_a_sentence_of_the_free_text_proves_itself() -> None:
    (passage,) = cut([Source("He counts birds that migrate.", "", 0, 0, None)], "en")
    assert passage.evidence.quote == passage.text
    assert passage.evidence.language == "en"


def test_lines_of_few_words_are_headings_in_the_free_text_and_titles_in_a_post() -> None:
    text = "Experience\nHe counts birds that migrate."
    assert len(cut([Source(text, "", 0, 0, None)], None)) == 1
    assert len(cut([Source("Head of unit", "", 0, 0, PROOF)], None)) == 1


def test_many_sentences_are_put_together_and_very_long_texts_cut() -> None:
    many = " ".join(f"Sentence number {n} tells of a border." for n in range(2_000))
    passages = cut([Source(many, "", 0, 0, None)], "en")
    assert 1 < len(passages) <= MOST_PASSAGES
    assert sum(len(passage.text.split()) for passage in passages) <= MOST_WORDS + 7


def test_nothing_said_is_no_passage() -> None:
    assert cut([], None) == ()
    assert cut([Source("", "", 0, 0, None)], None) == ()
