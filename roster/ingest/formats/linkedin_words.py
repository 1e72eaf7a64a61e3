"""Headings and dates as LinkedIn prints them, in the languages of its site."""

from __future__ import annotations

import re

from roster.ingest.wording.plain import plain

PAGE = re.compile(r"^(?:Page|Página|Pagina|Seite)\s+\d+\s+(?:of|sur|de|von|di|van)\s+\d+$", re.I)
ADDRESS = re.compile(r"linkedin\.com/in/", re.IGNORECASE)

Headings = dict[str, re.Pattern[str]]

MAIN: Headings = {
    "summary": re.compile(
        r"summary|about|resume|extracto|acerca de|resumo|sobre|zusammenfassung|info|riepilogo|"
        r"sommario|informazioni|samenvatting|podsumowanie|ملخص"
    ),
    "experience": re.compile(
        r"(?:work )?experience|experiencia(?: laboral| profissional| profesional)?|"
        r"(?:berufs)?erfahrung|esperienza|ervaring|doswiadczenie|الخبرة"
    ),
    "education": re.compile(
        r"education|formation|educacion|formacao(?: academica)?|ausbildung|formazione|istruzione|"
        r"opleiding|wyksztalcenie|التعليم"
    ),
}
"""What may stand as a heading in the wide column, in plain letters."""

SIDE: Headings = {
    "contact": re.compile(
        r"contact|coordonnees|contactar|contacto|contato|contacte-me|kontakt|contatti|"
        r"contactgegevens|الاتصال"
    ),
    "skills": re.compile(
        r"top skills|principales competences|competences principales|aptitudes principales|"
        r"principais competencias|top-kenntnisse|wichtigste kenntnisse|competenze principali|"
        r"belangrijkste vaardigheden"
    ),
    "languages": re.compile(r"languages|langues|idiomas|sprachen|lingue|talen|jezyki"),
    "certifications": re.compile(
        r"certifications|certificaciones|certificacoes|zertifikate|certificazioni|"
        r"(?:licenses|licences|licencias) (?:&|and|et|y) certificat?ions"
    ),
    "honors": re.compile(
        r"honors ?[-&] ?awards|distinctions|reconocimientos|honras e premios|auszeichnungen|"
        r"riconoscimenti e premi"
    ),
    "publications": re.compile(r"publications|publicaciones|publicacoes|pubblicazioni"),
    "patents": re.compile(r"patents|brevets|patentes"),
}
"""What may stand as a heading in the narrow column, in plain letters."""

_MONTH = r"[^\W\d_]{3,12}\.?"
_DAY = rf"(?:(?:{_MONTH}|\d{{1,2}})(?:\s+(?:de|of))?[\s./]+)?(?:19|20)\d\d"
_NOW = (
    r"present|aujourd[’']hui|présent|presente|(?:la )?actualidad|atual|o momento|heute|oggi|"
    r"heden|obecnie|الحاضر"
)
DATES = re.compile(
    rf"^(?P<dates>{_DAY}\s*(?:[-–—]|to|a|bis|al)\s*(?:{_DAY}|{_NOW}))\s*(?:\([^()]*\))?$|"
    rf"^(?P<single>{_DAY})\s*(?:\([^()]*\))?$",
    re.IGNORECASE,
)
_SPAN = r"\d+\s*[^\W\d_]{1,9}\.?"
LENGTH = re.compile(
    rf"^(?:less than a year|{_SPAN}(?:,?\s*(?:and|et|y|e|und)?\s*{_SPAN})?)$", re.IGNORECASE
)
"""A length of time alone, as under an employer with several titles: "8 years 2 months"."""
STUDY = re.compile(r"^(?P<degree>.*?)\s*[·•]?\s*\((?P<dates>[^()]*(?:19|20)\d\d[^()]*)\)$")


def heading_of(text: str, words: Headings) -> str | None:
    """Return the kind of section that a heading opens."""
    low = plain(text).strip(" :")
    return next((kind for kind, known in words.items() if known.fullmatch(low)), None)
