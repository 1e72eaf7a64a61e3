"""Labels of forms in the languages of the field: what a cell or the start of a line announces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from roster.ingest.wording.phrases import load_patterns
from roster.ingest.wording.plain import plain

LABELS: dict[str, str] = load_patterns("labels", "form_labels")
"""Field → the plain labels that announce it, as a regular expression."""

_NUMBER = r"(?:\d{1,2}[.)]|[a-h][.)]|[ivx]{1,4}[.)])"
_REST = r" ?(?:\([^()]{0,60}\)|\[[^\[\]]{0,60}\])?"

_OLD_FORM = re.compile(
    r"\W*(?:"
    r"(?P<dates>(?:date|dates|fechas?|datas?|datum) ?\((?:da|from|de|von) ?- ?(?:a|to|ate|bis)\))|"
    r"(?P<employer>nome e indirizzo del datore di lavoro|name and address of employer|"
    r"nom et adresse de l'employeur|nombre y direccion del empleador|"
    r"nome e endereco do empregador|name und adresse des arbeitgebers)|"
    r"(?P<position>tipo di impiego|lavoro o posizione ricoperti|occupation or position held|"
    r"fonction ou poste occupe|profesion o cargo desempenado|funcao ou cargo ocupado|"
    r"beruf oder funktion)|"
    r"(?P<business>tipo di (?:azienda|attivita) o settore|type of business or sector|"
    r"type ou secteur d'activite|tipo de empresa o sector|tipo de empresa ou sector|"
    r"tatigkeitsbereich oder branche)|"
    r"(?P<description>principali (?:mansioni|attivita) e responsabilita|"
    r"main activities and responsibilities|principales activites et responsabilites|"
    r"principales actividades y responsabilidades|principais atividades e responsabilidades|"
    r"wichtigste tatigkeiten und zustandigkeiten)|"
    r"(?P<degree>qualifica conseguita|title of qualification awarded|"
    r"intitule du certificat ou diplome delivre|titulo de la cualificacion obtenida|"
    r"designacao da qualificacao atribuida)"
    r")\s+(?=\S)"
)
"""Labels of the European form of before 2005, which some files print without a colon."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label found at the start of some words; the value begins at `end`."""

    field: str
    end: int
    sure: bool
    """Whether a colon, a break or the end of the cell sets it off."""


@lru_cache(maxsize=1)
def _by_length() -> list[tuple[str, str]]:
    return sorted(LABELS.items(), key=lambda item: item[0] in {"from", "to", "name", "level"})


@lru_cache(maxsize=8192)
def find_label(text: str) -> Label | None:
    """Return the label that some words begin with; None where they begin with none.

    A label set off by nothing counts only where the form numbers it ("3. Date of birth 1978").
    """
    low = plain(text)
    found = _longest(low, sure=True)
    if found is not None:
        return found
    return _longest(low, sure=False) if low[:1].isdigit() else _of_old_form(low)


def _of_old_form(low: str) -> Label | None:
    """Return a label that is too long to be anything else, though only a blank sets it off."""
    found = _OLD_FORM.match(low)
    if found is None or found.lastgroup is None:
        return None
    return Label(found.lastgroup, found.end(), True)


def _longest(low: str, *, sure: bool) -> Label | None:
    best: Label | None = None
    reach = -1
    for field, words in _by_length():
        found = _one(words, sure).match(low)
        if found is not None and found.start("edge_") > reach:
            best, reach = Label(field, found.end(), sure), found.start("edge_")
    return best


@lru_cache(maxsize=256)
def _one(words: str, sure: bool) -> re.Pattern[str]:
    if sure:
        return re.compile(
            rf"^\W*?(?:{_NUMBER})? ?(?:{words}){_REST}"
            r"(?P<edge_> ?(?:\([^()]{0,60}\) ?)?(?:\s*(?::|⏎|\||\?))+\s*|\s*$)"
        )
    return re.compile(rf"^\W*?(?:{_NUMBER}) ?(?:{words}){_REST}(?P<edge_>\s+)")


def column(text: str) -> str | None:
    """Return the field that a column heading names; None where it is no heading."""
    label = find_label(text.replace("⏎", " ").strip())
    return label.field if label is not None and label.sure and label.end >= len(text) - 1 else None
