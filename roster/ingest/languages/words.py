"""Words of grids and lists of languages: skills, mother tongues, legends that belong to nobody."""

from __future__ import annotations

import re

from roster.ingest.wording.lines import Line
from roster.ingest.wording.plain import plain
from roster.reference import levels

_SKILLS: dict[str, str] = {
    "listening": r"listening|ecout\w*|comprension (?:auditiva|oral)|compreensao oral|horen|"
    r"horverst\w+|ascolto|ascultat\w*|ascultare|understand(?:ing)?|comprehension(?: orale)?|"
    r"comprendre|comprension|compreensao|verstehen|comprensione|rozumienie|sluchanie|luisteren|"
    r"horforstaelse|lytting|kuuntelu|ymmartaminen|ακουστικη|κατανοηση|слушане|разбиране|slusanje|"
    r"poslech|posluch|hallas|klausymas|klausisanas|kuulamine|аудирование|понимание|аудіювання|"
    r"слушање|разумевање|الاستماع|الفهم|c\.?o\.?",
    "reading": r"read(?:ing|s)?|lire|lue?\b|lecture|lectura|comprension de lectura|leitura|lesen|"
    r"leseverst\w+|gelesen|lettura|citit\w*|citire|comprehension ecrite|c\.?e\.?|leid[oa]|lid[oa]|"
    r"czytanie|lezen|lasforstaelse|lasning|laesning|læsning|lesing|lukeminen|αναγνωση|четене|"
    r"citanje|čitanje|cteni|citanie|branje|olvasas|skaitymas|lasisana|lugemine|чтение|читання|"
    r"читање|القراءة|قراءة",
    "speaking": r"sp[eo]aks?(?:ing)?|speech|spoken|spoken (?:interaction|production)|verbal\w*|"
    r"oral(?: expression)?|oralmente|"
    r"parle\w*|"
    r"parler|expression orale|s'exprimer.{0,30}|prendre part.{0,30}|hablad[oa]?|hablar|habla|"
    r"expresion oral|espressione orale|"
    r"interaccion oral|fala(?:r|d[oa])?|interacao oral|producao oral|sprechen|gesprochen|"
    r"an gesprachen.{0,20}|zusammenhangendes.{0,12}|parlat[oa]|produzione orale|"
    r"interazione(?: orale)?|vorbit\w*|vorbire|mowienie|mowa|spreken|tal|muntlig\w*|tale|puhuminen|"
    r"ομιλια|προφορικ\w*|говорене|говор|govor\w*|mluveni|hovorenie|hovorene slovo|"
    r"beszed\w*|kalbejimas|runasana|raakimine|говорение|устн\w*|мовлення|говорение|المحادثة|"
    r"التحدث|تحدث|محادثة|e\.?o\.?|conversation\w*|conversacion|conversacao|conversazione",
    "writing": r"writ(?:ing|es?|ten)|written|ecrite?s?\b|ecrire|ecriture|expression ecrite|"
    r"escrit[oa]|escribir|escritura|expresion escrita|escrever|schreiben|geschrieben|"
    r"scritt[oa]|scrittura|"
    r"produzione scritta|scris\w*|scriere|pisanie|pismo|schrijven|skriftlig\w*|skrivning|"
    r"kirjoittaminen|γραφη|γραπτ\w*|писане|pisanje|psani|pisanie|pisomny|iras\w*|rasymas|"
    r"rakstisana|kirjutamine|письмо|письменн\w*|писање|الكتابة|كتابة|e\.?e\.?",
}
ASKED = "native"
"""Column that asks whether a language is the mother tongue."""
YES = re.compile(r"\W*(?:yes|oui|si|sim|ja|tak|da|так|да|نعم|x|✓|✔|y)\W*")
SKILLS = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for name, words in _SKILLS.items()}
_LEGEND = re.compile(
    r"a1 ?(?:and|et|y|e|und|/|-|,|i|si|och|og) ?a2 ?[:=(-]|common european|cadre europeen|"
    r"marco (?:comun )?europeo|quadro (?:europeu|comune)|referenzrahmen|a1 ?/ ?2 ?:|"
    r"(?<!\w)levels?: a1|niveaux? ?: a1|nivele(?:s)? ?: a1|livelli ?: a1|kompetenzstufen|"
    r"cadrul european|europejski system opisu|self-assessment|auto-?evaluation|autoevaluacion|"
    r"autoavalia|autovalutazione|selbstbeurteilung|european level|niveau europeen|nivel europeo"
)
_BASIC_AND_PROFICIENT = re.compile(
    r"(?:basic|elementaire|basico|elementar\w*|grund\w*) (?:user|utilisateur)?.{0,80}"
    r"(?:proficient|experimente|competente|avanzado|avanzato|kompetent)"
)
NATIVE = re.compile(
    r"mother[ -]?tongue|(?<![-\w])(?<!near )native|langues? maternelles?|lenguas? maternas?|"
    r"(?<!quasi )nativ[oa]s?\b|idioma materno|linguas? maternas?|(?<!nahezu )muttersprach\w*|"
    r"madrelingua|lingua madre|limba materna|maternelle|maternel\b|matern[ao]\b|"
    r"from birth|de naissance|"
    r"de nacimiento|de nascenca|dalla nascita|von geburt|"
    r"anyanyelv\w*|aidinkiel\w*|emake[el]\w*|gimt(?:oji|aja|aj[aą]) kalb\w*|matersti\w+|"
    r"matersk\w+ jazyk\w*|rodn\w+ jazyk\w*|(?:jezyk\w*|język\w*) ojczyst\w*|modersmal\w*|"
    r"moedertaal|dzimt\w+ valod\w*|materi?n(?:ski|ji|ščin\w*|scin\w*)\w*(?: jezik\w*)?|μητρικ\w+|"
    r"ридн\w+ мов\w*|рідн\w+ мов\w*|родн\w+ (?:ми )?(?:език|язык)\w*|матерњ\w+|майчин\w*|"
    r"(?:ال)?لغت?ي? الام|(?:ال)?لغت?ي? الأم"
)
MARKS_OF_NATIVE = re.compile(r"(?<!\w)(?:MT|LM|L1|M\.T\.|L\.M\.)(?!\w)")


def is_legend(low: str) -> bool:
    """Whether plain words explain the levels ("A1/A2: basic user") and state nobody's."""
    return bool(_LEGEND.search(low) or _BASIC_AND_PROFICIENT.search(low))


def names_skill(text: str) -> str | None:
    """Return the skill that a cell or a label names: listening, reading, speaking or writing."""
    low = plain(text)
    return next((name for name, words in SKILLS.items() if words.search(low)), None)


def header_of(line: Line) -> list[str | None] | None:
    """Return the skill of each column, if the row names at least two and states no level."""
    if len(line.cells) < 3:
        return None
    skills = [names_skill(cell.text) for cell in line.cells]
    if sum(skill is not None for skill in skills) < 2:
        return None
    asks = [is_native(cell.text) for cell in line.cells]
    has_level = any(
        levels.read_level(cell.text)
        for cell, is_asked in zip(line.cells[1:], asks[1:], strict=True)
        if cell.text and not is_asked
    )
    if has_level or asks[0]:
        return None
    return [ASKED if asked else skill for skill, asked in zip(skills, asks, strict=True)]


def is_native(text: str) -> bool:
    """Whether words say that a language is the mother tongue."""
    return bool(NATIVE.search(plain(text)) or MARKS_OF_NATIVE.search(text))
