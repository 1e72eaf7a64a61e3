"""What a key may do and what a webhook tells is said in words, each of them."""

from __future__ import annotations

from roster.policy import Permission
from roster.webhooks.kinds import KINDS
from web.presenters.webhooks import RECORDS
from web.record_words import SCOPES, scope_words
from web.tongues import tongue_of


def test_every_scope_has_words_and_an_unknown_one_stays_as_it_is() -> None:
    assert set(SCOPES) == set(Permission) - {Permission.PUBLIC, Permission.SIGNED_IN}
    tongue = tongue_of("fr")
    assert scope_words(tongue, "read_experts") != "read_experts"
    assert scope_words(tongue, "of long ago") == "of long ago"


def test_every_kind_of_record_told_of_has_words() -> None:
    assert set(RECORDS) == set(KINDS)
