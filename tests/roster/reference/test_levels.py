import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.reference.levels import EU_SCALE, Scale, combine, find_levels, read_level, read_scale
from roster.vocabulary import LanguageLevel as L


@pytest.mark.parametrize(
    ("text", "level", "basis"),
    [
        ("C1", L.C1, "stated"), ("C 1", L.C1, "stated"), ("c1", L.C1, "stated"),
        ("B2+", L.B2, "stated"), ("A1.2", L.A1, "stated"), ("С1", L.C1, "stated"),
        ("C1/C2", L.C1, "stated"), ("Fluent (C1)", L.C1, "stated"),
        ("mother tongue", L.NATIVE, "word"), ("Langue maternelle", L.NATIVE, "word"),
        ("lengua materna", L.NATIVE, "word"), ("Muttersprache", L.NATIVE, "word"),
        ("madrelingua", L.NATIVE, "word"), ("родной", L.NATIVE, "word"),
        ("excellent", L.C1, "word"), ("courant", L.C1, "word"), ("fluente", L.C1, "word"),
        ("verhandlungssicher", L.C1, "word"), ("very good", L.C1, "word"), ("ottimo", L.C1, "word"),
        ("good", L.B2, "word"), ("lu, écrit, parlé", L.B2, "word"), ("bueno", L.B2, "word"),
        ("bom", L.B2, "word"), ("gut", L.B2, "word"), ("buona conoscenza", L.B2, "word"),
        ("fair", L.B1, "word"), ("moyen", L.B1, "word"), ("médio", L.B1, "word"),
        ("basic", L.A2, "word"), ("scolaire", L.A2, "word"), ("Grundkenntnisse", L.A2, "word"),
        ("beginner", L.A1, "word"), ("notions", L.A1, "word"), ("noções", L.A1, "word"),
        ("DELF B2", L.B2, "stated"), ("CAE (2010)", L.C1, "stated"), ("IELTS 7.0", L.C1, "stated"),
        ("IELTS 6,5", L.B2, "stated"), ("Goethe-Zertifikat C1", L.C1, "stated"),
    ],
)  # fmt: skip
def test_a_level_is_read_by_the_one_table(text: str, level: L, basis: str) -> None:
    found = read_level(text)
    assert found is not None
    assert (found.level, found.basis, found.stated) == (level, basis, text)


@pytest.mark.parametrize("text", ["", "-", "none", "TOEIC 900", "3", "Lisbon", "B 12", "ABC1"])
def test_no_level_is_made_up(text: str) -> None:
    assert read_level(text) is None


@pytest.mark.parametrize(
    ("sentence", "scale"),
    [
        ("Indicate competence on a scale of 1 to 5 (1 - excellent; 5 - basic)", EU_SCALE),
        ("(1 = basic, 5 = excellent)", Scale(best=5, worst=1)),
        ("échelle de 1 à 5 (1 – excellent ; 5 – niveau rudimentaire)", EU_SCALE),
        ("de 1 a 5 (1 = excelente; 5 = básico)", EU_SCALE),
        ("from 1 (basic) to 5 (excellent)", Scale(best=5, worst=1)),
        ("1 = Grundkenntnisse; 5 = fließend", Scale(best=5, worst=1)),
        ("excellent (1), basic (5)", EU_SCALE),
        ("Languages in 2015", None),
        ("5 years of excellent work", None),
    ],
)
def test_the_direction_of_a_scale_is_read(sentence: str, scale: Scale | None) -> None:
    assert read_scale(sentence) == scale


@pytest.mark.parametrize(
    ("sentence", "best"),
    [
        ("Mark 1 to 5 for competence, where 1 is the highest and 5 the lowest", 1),
        ("on a scale of 1 to 5, 5 being the highest", 5),
        ("1 étant le meilleur niveau", 1),
        ("escala de 1 a 5, siendo 5 el máximo", 5),
        ("sendo 1 o nível mais elevado", 1),
        ("auf einer Skala von 1 bis 5 (1 = höchste Stufe)", 1),
        ("su una scala da 1 a 5, dove 1 è il livello massimo", 1),
    ],
)
def test_a_scale_may_be_told_by_its_ends(sentence: str, best: int) -> None:
    assert read_scale(sentence) == Scale(best=best, worst=6 - best)


def test_cefr_values_are_no_ends_of_a_scale() -> None:
    assert read_scale("According to the CEFR, from A1 (lowest) to C2 (highest)") is None


@pytest.mark.parametrize("cell", ["MT", "M.T.", "mt"])
def test_short_for_mother_tongue_is_one_in_a_cell_of_its_own(cell: str) -> None:
    level = read_level(cell)
    assert level is not None
    assert level.level is L.NATIVE
    assert read_level(f"{cell} Everest") is None


def test_a_number_means_something_on_a_scale_only() -> None:
    first = read_level("1", scale=EU_SCALE)
    reverse = read_level("1", scale=Scale(best=5, worst=1))
    assert first is not None
    assert reverse is not None
    assert (first.level, first.basis) == (L.C1, "scale")
    assert reverse.level is L.A1
    assert [EU_SCALE.level_of(number) for number in (0, 1, 2, 3, 4, 5, 6)] == [
        None, L.C1, L.B2, L.B1, L.A2, L.A1, None,
    ]  # fmt: skip


def test_speaking_decides_else_the_lowest() -> None:
    assert combine({"reading": L.C2, "speaking": L.B1, "writing": L.A2}) is L.B1
    assert combine({"reading": L.C2, "writing": L.A2, "speaking": None}) is L.A2
    assert combine({"reading": None}) is None


def test_levels_are_found_with_their_places() -> None:
    text = "English (C1), French: fluent"
    found = [(text[start:end], one.level) for start, end, one in find_levels(text, "en")]
    assert found == [("C1", L.C1), ("fluent", L.C1)]


@given(st.text(max_size=60))
def test_any_text_is_read_without_complaint(text: str) -> None:
    read_level(text, scale=EU_SCALE)
    read_scale(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in find_levels(text))
