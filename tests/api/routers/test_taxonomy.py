"""The language of an answer is the one asked for, else the first one spoken."""

from __future__ import annotations

import pytest

from api.routers.taxonomy import chosen_locale


@pytest.mark.parametrize(
    ("asked", "header", "locale"),
    [
        pytest.param("es", "fr", "es", id="asked-for"),
        pytest.param(None, "fr-BE, en;q=0.9", "fr", id="region"),
        pytest.param(None, "en;q=0.1, pt;q=0.9", "pt", id="weights"),
        pytest.param(None, "fr;q=0, pt;q=nonsense", "en", id="not-wanted"),
        pytest.param(None, "ar, *", "en", id="none-of-ours"),
        pytest.param(None, None, "en", id="nothing-said"),
    ],
)
def test_the_language_is_the_one_asked_for_or_spoken(
    asked: str | None, header: str | None, locale: str
) -> None:
    assert chosen_locale(asked, header) == locale
