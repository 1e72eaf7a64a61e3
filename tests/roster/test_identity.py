from uuid import UUID

from roster.identity import KnownPerson, likely_same

ANNA = UUID(int=1)
OTHER = UUID(int=2)


def test_same_address_is_proposed_even_under_another_name() -> None:
    known = KnownPerson(ANNA, "Anna Berg", emails=("Anna@x.example",))
    (found,) = likely_same("Anna Lund", None, "anna@X.example", None, [known])
    assert found.reason.startswith("same e-mail address")


def test_same_name_in_another_order_is_proposed() -> None:
    known = KnownPerson(ANNA, "Kaboré Issa Wendpanga")
    (found,) = likely_same("Wendpanga Issa KABORE", None, None, None, [known])
    assert found.id == ANNA
    assert "same name" in found.reason


def test_another_birth_year_speaks_against() -> None:
    known = KnownPerson(ANNA, "Anna Berg", birth_year=1960)
    same = KnownPerson(OTHER, "Anna Berg", birth_year=1980)
    found = likely_same("Anna Berg", 1980, None, None, [known, same])
    assert found[0].id == OTHER
    assert all(one.score < found[0].score for one in found[1:])


def test_strangers_are_not_proposed() -> None:
    assert likely_same("Anna Berg", 1980, None, "INSD", [KnownPerson(ANNA, "Jean Petit")]) == ()


def test_nothing_known_proposes_nobody() -> None:
    assert likely_same(None, None, None, None, [KnownPerson(ANNA, "Anna Berg")]) == ()
