import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.reference.folding import tokens
from roster.reference.scanning import Case, Gazetteer


def _found(phrases: list[str], text: str) -> list[str]:
    gazetteer: Gazetteer[str] = Gazetteer()
    for phrase in phrases:
        gazetteer.add(phrase, phrase)
    return [one.key for one in gazetteer.find(text)]


@pytest.mark.parametrize(
    ("phrases", "text", "found"),
    [
        pytest.param(["guinea", "guinea bissau"], "Guinea-Bissau", ["guinea bissau"], id="longest"),
        pytest.param(["guinea bissau"], "Guinea, Bissau", [], id="not-over-a-comma"),
        pytest.param(["cabo verde"], "Cabo\nVerde", ["cabo verde"], id="over-a-line-break"),
        pytest.param(["cabo verde"], "Cabo\n\nVerde", [], id="not-over-an-empty-line"),
        pytest.param(["traffick*"], "Traffickers", ["traffick*"], id="stem"),
        pytest.param(["draft* ~ law*"], "drafting the new laws", ["draft* ~ law*"], id="gap"),
        pytest.param(["draft* ~ law*"], "draft a b c d law", [], id="gap-too-wide"),
        pytest.param(["مغرب"], "والمغرب", ["مغرب"], id="arabic-proclitics"),
        pytest.param(["maïs"], "MAI\u0308S", ["maïs"], id="decomposed"),
    ],
)
def test_phrases_are_found_as_people_write_them(
    phrases: list[str], text: str, found: list[str]
) -> None:
    assert _found(phrases, text) == found


def test_case_can_matter() -> None:
    gazetteer: Gazetteer[str] = Gazetteer()
    gazetteer.add("UA", "body", Case.UPPER)
    gazetteer.add("Mali", "country", Case.CAPITAL)
    assert [one.key for one in gazetteer.find("ua UA mali Mali MALI")] == [
        "body", "country", "country",
    ]  # fmt: skip
    assert len(gazetteer.find("mali", ignore_case=True)) == 1
    assert len(gazetteer) == 2


@pytest.mark.parametrize("phrase", ["", "...", "ab*"])
def test_an_empty_or_too_wide_phrase_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"phrase|stem"):
        Gazetteer[str]().add(phrase, "x")


@given(st.text(max_size=120))
def test_tokens_tile_the_text_in_order(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert last <= token.start < token.end <= len(text)
        last = token.end
