"""Where a CV speaks of the expert's languages: its sections on them, and blocks outside any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from roster.ingest.languages.words import header_of, is_legend, is_native, names_skill
from roster.ingest.sheet import Sheet, lines_in
from roster.ingest.wording.headings import HEADINGS, SectionKind, find_heading
from roster.ingest.wording.labels import find_label
from roster.ingest.wording.lines import Line
from roster.ingest.wording.plain import plain
from roster.reference import countries, languages, levels
from roster.reference.languages import LanguageMention

_ELSEWHERE = frozenset(
    {
        SectionKind.REFERENCES,
        SectionKind.EDUCATION,
        SectionKind.PUBLICATIONS,
        SectionKind.TRAININGS_GIVEN,
        SectionKind.FUTURE,
        SectionKind.LANGUAGES,
    }
)
_ENDS_WITHOUT_HEADING = frozenset({SectionKind.EDUCATION, SectionKind.TRAININGS_GIVEN})
"""Sections below which languages follow where they have no heading of their own."""
_MOST_GAPS = 2
_MOST_BETWEEN = 4
_BEFORE_LIST = 3
"""Characters that may stand between a heading and the first language: a bracket, a bullet."""
_LABEL = re.compile(
    r"^\W*(?:[^\W\d]+ ?/ ?)?"
    r"(?:other |foreign |autres? |outr[ao]s? |otr[ao]s? |altr[ei] |weitere |andere |working |"
    r"inne |dalsie? |muut |kitos |egyeb |muud |ovriga |andre |alte |citas |ostali |drugi |αλλες |"
    r"други |другие |інші )?"
    r"(?:languages?|langues?|idiomas?|linguas?|lenguas?|lingu[ae]|(?:arbeits)?sprachen?|talen|limbi|"
    r"jezyki|jazyky|kielet|kalbos|nyelvek|keeled|sprak|sprog|valodas|jezici|jeziki|γλωσσες|езици|"
    r"языки|мови|hizkuntzak|yabanci dil(?:ler)?|diller)"
    r"(?:\(s\))?(?: etrangeres?| skills?| spoken| parlees| (?:de|di) \w+)? ?:"
)
_OTHERS = re.compile(
    r"^\W*(?:others?|foreign|autres?|outr[ao]s?|otr[ao]s?|altr[ei]|weitere|andere|sonstige|overige|"
    r"inne|alte(?:le)?) ?:\s*"
)
"""A label that names languages by what stands before it, or by the language behind it."""
_STOP = re.compile(r"[,;:.(\[|/–—-]")
_BETWEEN = re.compile(
    r"\W*(?:(?:and|et|y|e|und|en|og|och|i|a|si|ja|eta|speakers?|some|un peu d\w*|algo d\w+|etwas|"
    r"un poco d\w*|um pouco d\w*)\W*)*"
)
"""What may stand between two languages of a list and says no level."""
MOST_WORDS_OF_A_LIST = 20
_SPEAKS = re.compile(
    r"(?<!\w)(?:fluent|fluently|speaks?|speaking|bilingual|trilingual|multilingual|native speaker|"
    r"working knowledge|command of|proficient|mother tongue|parle|parlant|bilingue|trilingue|"
    r"maitris\w+|courant|couramment|langue maternelle|habla|hablo|domin\w+|lengua materna|fala|"
    r"falo|fluente|lingua materna|spreche|spricht|fliessend|flie[ßs]+end|muttersprach\w*|parla|"
    r"parlo|madrelingua|spreekt|vloeiend|vorbes[ct]\w*|limba materna|mow(?:i|ie)|plynnie|mluvi\w*|"
    r"plynne|plynule|hovori\w*|govori\w*|tecno|talar|flytande|taler|flydende|snakker|flytende|"
    r"puhu[nu]|sujuvasti|beszel\w*|folyekonyan|kalba|laisvai|runa|brivi|raagi[bn]|vabalt|μιλ\w+|"
    r"απταιστα|ομιλ\w+|говор\w+|свободно|владее\w*|розмовля\w+|вільно|يتحدث|تتحدث|يجيد|تجيد)(?!\w)"
)
_HEADED = re.compile(
    rf"(?:^\W*|(?<=[.!?] )|(?<=[.!?]  ))(?:{HEADINGS[SectionKind.LANGUAGES]})(?: ?\([^()]*\))?"
    r"(?:\s*[:=-]\s*|\s+)"
)
"""A heading for languages with a list behind it, at a sentence's start, with a colon or not."""
_TONGUE_FIRST = re.compile(r"^\W*[^\W\d]+\s*,\s*")
"""A first tongue that no list may know."""
_CEFR = re.compile(r"(?<!\w)[ABC][12](?!\w)")
_ENDS = re.compile(r"(?<=[^.]{2})[.!?]\s+(?=[^\W\d_a-zà-ÿ])")


def language_lines(sheet: Sheet) -> list[Line]:
    """Return the lines that may name the expert's languages, in order."""
    lines = {
        part.start: part
        for section in sheet.sections
        if section.kind is not SectionKind.REFERENCES
        for line in lines_in(section)
        for part in headed_lists(line)
    }
    lines |= {line.start: line for line in sheet.lines(SectionKind.LANGUAGES)}
    for section in sheet.sections:
        if section.kind not in _ELSEWHERE:
            lines |= {part.start: part for line in section.lines for part in _lists_within(line)}
            lines |= {line.start: line for line in _block(section.lines)}
        elif section.kind in _ENDS_WITHOUT_HEADING:
            lines |= {line.start: line for line in section.lines if _lists_all(line.text)}
    return [lines[start] for start in sorted(lines)]


def _lists_within(line: Line) -> Iterator[Line]:
    """Yield the sentences of a longer line that are lists of languages.

    "Lawyer (Porto). Portuguese, English C1." holds one; of a lone language it takes a level of the
    Framework.
    """
    ends = list(_ENDS.finditer(line.text))
    if not ends:
        return
    starts = [0, *(one.end() for one in ends)]
    for start, end in zip(starts, [*(one.start() for one in ends), len(line.text)], strict=True):
        words = line.text[start:end]
        is_one = bool(_CEFR.search(words)) or len(languages.find_languages(words)) > 1
        if is_one and _is_list(_TONGUE_FIRST.sub("", words)):
            piece = line.piece.within(start, end)
            yield Line(piece.start, piece.end, piece.text, (piece,))


def headed_lists(line: Line) -> Iterator[Line]:
    """Yield the lists of languages that follow a heading of theirs in the same line."""
    low = plain(line.text)
    for head in _HEADED.finditer(low):
        rest = line.text[head.end() : _end_of_list(line.text, head.end())]
        mentions = languages.find_languages(rest)
        if mentions and mentions[0].start <= _BEFORE_LIST:
            piece = line.piece.within(head.end(), head.end() + len(rest))
            yield Line(piece.start, piece.end, piece.text, (piece,))


def _end_of_list(text: str, start: int) -> int:
    """Return where a list ends: before the first sentence that begins with no language."""
    for end in _ENDS.finditer(text, start):
        mentions = languages.find_languages(text[end.end() :])
        if not mentions or mentions[0].start > _BEFORE_LIST:
            return end.start()
    return len(text)


def sentences(sheet: Sheet) -> list[Line]:
    """Return lines of running text on the person that say how a language is spoken."""
    own = sheet.lines(
        SectionKind.PROFILE, SectionKind.IDENTITY, SectionKind.SKILLS, SectionKind.OTHER
    )
    return [line for line in own if _SPEAKS.search(plain(line.text))]


def _block(lines: list[Line]) -> list[Line]:
    """Return the lines from a mother tongue or the head of a grid to the last on languages."""
    found: list[Line] = []
    gaps = _MOST_GAPS
    for line in lines:
        if _opens(line):
            gaps = 0
        elif gaps < _MOST_GAPS and not _goes_on(line):
            gaps += 1
        if gaps < _MOST_GAPS and not (gaps and find_heading(line.text)):
            found.append(line)
    return found


def _opens(line: Line) -> bool:
    label = find_label(line.text) or find_label(line.cells[0].text)
    if label is not None and label.field == "mother_tongue":
        return True
    if header_of(line) is not None or _LABEL.match(plain(line.text)):
        return True
    return _names_others(line.text) or _is_list(line.text)


def _names_others(text: str) -> bool:
    """Whether it is "Other: English - fluent": a label, and at once a language."""
    label = _OTHERS.match(plain(text))
    mentions = languages.find_languages(text) if label else []
    return bool(label and mentions and mentions[0].start <= label.end() + 1)


def _lists_all(text: str) -> bool:
    """Whether a line holds nothing but languages, or has a label that says so and names some."""
    is_labelled = _LABEL.match(plain(text)) is not None
    return _is_list(text) or (is_labelled and bool(languages.find_languages(text)))


def _is_list(text: str) -> bool:
    """Whether a short line holds nothing but languages, at least one with its level.

    "English fluent, some Italian" is one; "French Ministry of the Interior" is none.
    """
    if len(text.split()) > MOST_WORDS_OF_A_LIST:
        return False
    mentions = languages.find_languages(text)
    lands = {one.start for one in countries.find_countries(text) if one.kind == countries.NAME}
    if not mentions or any(one.start in lands for one in mentions):
        return False  # "short-term expert, Tbilisi, Georgia"
    if not _is_level(text[: mentions[0].start], or_nothing=True):
        return False
    if len(mentions) > 1 and _CEFR.search(text) and _says_nothing_else(text, mentions):
        return True
    ends = [one.start for one in mentions[1:]] + [len(text)]
    said = [text[one.end : end] for one, end in zip(mentions, ends, strict=True)]
    if not all(_is_about_language(words) for words in said):
        return False
    return any(_is_level(words) for words in (text[: mentions[0].start], *said))


def _says_nothing_else(text: str, mentions: Sequence[LanguageMention]) -> bool:
    """Whether few small words stand between languages: "Maltese and English from childhood"."""
    ends = [one.start for one in mentions[1:]] + [len(text)]
    said = [
        _CEFR.sub("", text[one.end : end]).split() for one, end in zip(mentions, ends, strict=True)
    ]
    return all(len(words) <= _MOST_BETWEEN and not any(map(_is_name, words)) for words in said)


def _is_name(word: str) -> bool:
    return word.strip("(«\"'")[:1].isupper()


def _is_about_language(words: str) -> bool:
    """Whether what follows a language says how well it is known, up to the first stop."""
    first = _STOP.split(words.strip(), maxsplit=1)[0]
    low = plain(first)
    return _BETWEEN.fullmatch(low) is not None or _is_level(first) or names_skill(first) is not None


def _is_level(words: str, *, or_nothing: bool = False) -> bool:
    """Whether words state a level of a language."""
    if not words.strip(" -–—•*:>"):
        return or_nothing
    found = levels.read_level(words)
    return is_native(words) or (found is not None and found.level is not None)


def _goes_on(line: Line) -> bool:
    low = plain(line.text)
    if is_legend(low) or _LABEL.match(low):
        return True
    first = line.cells[0].text
    if languages.find_languages(first[:40]) and (
        len(line.cells) > 1 or levels.read_level(line.text) is not None
    ):
        return True
    return names_skill(line.text) is not None and levels.read_level(line.text) is not None
