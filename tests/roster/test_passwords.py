"""A new password is long, says nothing of its account, and is not among the first tried."""

from __future__ import annotations

import pytest

from roster.errors import InvalidInput
from roster.passwords import check_new

OF = ("ana.prates@invented.example", "Ana Prates")


@pytest.mark.parametrize(
    ("password", "words"),
    [
        pytest.param("short", "at least 12", id="short"),
        pytest.param("aaaaaaaaaaaaaaaa", "at least 12", id="one letter"),
        pytest.param("ana.prates@invented.example", "address or the name", id="address"),
        pytest.param("password1234", "first that are tried", id="leaked"),
        pytest.param("qwertyuiop123", "first that are tried", id="keyboard"),
        pytest.param("PasswordPassword", "first that are tried", id="twice"),
        pytest.param("iloveyou1234", "first that are tried", id="a phrase that many take"),
        pytest.param("123456789012", "first that are tried", id="counted"),
        pytest.param("Ana Prates 12", "first that are tried", id="the name and a little"),
    ],
)
def test_a_password_that_is_soon_guessed_is_refused_with_what_to_take(
    password: str, words: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_new(password, of=OF, field="/new_password")
    assert words in refused.value.errors[0].detail
    assert refused.value.errors[0].pointer == "/new_password"


@pytest.mark.parametrize(
    "password",
    ["three quiet rivers", "look-around-2027", "une longue phrase de passe", "пароль из слов" * 9],
)
def test_a_few_words_are_taken(password: str) -> None:
    check_new(password, of=OF, field="/new_password")
