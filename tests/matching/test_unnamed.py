"""What is told of somebody without her name holds nothing that she wrote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.explain import LABEL_OF
from matching.unnamed import bare_reason

TITLES = st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("feature", "reason", "told"),
    [
        pytest.param("topic", "Return (2014–2018)", "Return (2014–2018)", id="a topic"),
        pytest.param(
            "country", "Ghana (Head of Zyx, 2014–2018)", "Ghana (2014–2018)", id="a country"
        ),
        pytest.param("country", "Ghana", "Ghana", id="without anything"),
        pytest.param(
            "country",
            "Mali, same sub-region as Ghana (Zyx (acting), since 2019); Ghana (Zyx)",
            "Mali, same sub-region as Ghana (since 2019); Ghana",
            id="two countries",
        ),
        pytest.param(
            "country", "Mali, same regional body as ECOWAS (Zyx)", "Mali", id="near a body"
        ),
        pytest.param("peer", "border police (Zyx, 2020)", "border police (2020)", id="an office"),
        pytest.param("peer", "another kind of office", "another kind of office", id="no office"),
        pytest.param("text", "words in common: Zyx, visa", "telling words in common", id="words"),
        pytest.param(
            "passage",
            "nearest in meaning: Zyx",
            "nearest in meaning: a sentence of the CV",
            id="meaning",
        ),
        pytest.param("seniority", "12 years of public service", "12 years of public service"),
        pytest.param("new feature", "Zyx did it", "new feature", id="what is not known"),
    ],
)
def test_a_clause_keeps_its_vocabulary_and_years(feature: str, reason: str, told: str) -> None:
    assert bare_reason(feature, reason) == told


@given(title=TITLES, feature=st.sampled_from(["country", "peer", "text", "passage", "unheard"]))
def test_no_title_comes_through_whatever_it_is(title: str, feature: str) -> None:
    forms = {"country": "Ghana ({})", "peer": "border police ({})", "text": "words in common: {}"}
    reason = forms.get(feature, "nearest in meaning: {}").format(f"Zyx {title} Zyx")
    assert "Zyx" not in bare_reason(feature, reason)


def test_a_clause_of_no_known_form_is_told_by_the_name_of_its_feature() -> None:
    assert {bare_reason(name, "Zyx") for name in ("country", "peer", "text", "passage")} == {
        LABEL_OF[name] for name in ("country", "peer", "text", "passage")
    }
