"""Languages in running words: lists, sentences and "Language: level", each with what is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from roster.ingest.languages.words import SKILLS, is_native
from roster.ingest.wording.lines import Piece
from roster.ingest.wording.plain import plain
from roster.read import LanguageSkill
from roster.reference import languages, levels
from roster.vocabulary import LanguageLevel

Reading = tuple[LanguageSkill, Piece, float, str | None]
"""A skill, its place, the confidence and the doubt."""

_ABSENT = re.compile(
    r"^\W*(?:(?:no|none|not|aucune?|pas de|sin|ningun[oa]?|nao|nenhum|kein\w*|nessun\w*|οχι|"
    r"nein)(?!\w)|(?:ne|nem|nie|не|δεν|ei|en|inte|ikke|niet|nicht|non|nu) "
    r"(?:govor|mluv|hovor|mow|znam|"
    r"zna[js]|besz|tud|говор|владе|розмовл|μιλ|puhu|osaa|tal|snakk|spreek|sprech|sprich|parl|vorbe|kalb)|nekalb)"
)
_DENIED = re.compile(
    r"(?<!\w)(?:no|not|non|nao|pas|nie|nu|nem|inte|ikke|niet|nicht|cannot|δεν|не)\s+"
    r"(?:(?:speak|know|understand|habl|domin|entiend|entend|fal[ao]|compre|parl|maitris|connai|conoc|"
    r"conosc|sprech|sprich|mow|zna|mluv|hovor|govor|vorbe|spreek|tal|snakk|puhu|besz|μιλ|говор)\w*\s+)"
    r"(?:[^\W\d]+\s+)?$|(?<!\w)(?:parl\w+|parle) pas (?:[^\W\d]+\s+|l')?$|"
    r"(?<!\w)(?:speaks?|spreche|spricht|parle) (?:no|kein\w*|pas) $"
)
"""What stands before a language that somebody does not speak: "no hablo", "non parlo"."""
SHORTEST_NAME = 4
"""Letters of a language's name; shorter ones are codes ("EN: C1"), or words like "IT"."""


def language_of(text: str, language: str | None) -> str | None:
    """Return the language that a cell or label names at its beginning; None where none."""
    mentions = languages.find_languages(text, language)
    if mentions and mentions[0].start < 12:
        return mentions[0].code
    bare = re.sub(r"\([^)]*\)", "", text).strip(" :.-")
    return languages.code_for(bare) if 1 < len(bare) < 40 else None


def read_words(piece: Piece, language: str | None, scale: levels.Scale | None) -> list[Reading]:
    """Read languages in running words.

    What follows a name up to the next is about it, but for words after the last comma or "and",
    which are about the next where they state a level ("fluent Arabic and working French").
    """
    mentions = languages.find_languages(piece.text, language)
    if not mentions:
        return _single(piece, language, scale)
    spans = _spans(piece.text, mentions, language, scale)
    readings: list[Reading] = []
    waiting: list[tuple[str, Piece]] = []
    leading: LanguageSkill | None = None
    for at, (mention, (before, after)) in enumerate(zip(mentions, spans, strict=True)):
        end = mention.end + len(after)
        waiting.append((mention.code, piece.within(mention.start, end)))
        own = _stated_before(before, language)
        joint = at > 0 and _is_joint(spans[at - 1][1] + before)
        leading = own or (leading if joint else None)
        skill = _skill_of(after, language, scale) or leading
        if skill is None and at + 1 < len(mentions) and _is_joint(after + spans[at + 1][0]):
            continue
        if not _is_denied(piece.text[: mention.start], after):
            skill = skill or LanguageSkill("", None, shown(after) or None)
            gaps = [spans[one][1] + spans[one + 1][0] for one in range(at + 1 - len(waiting), at)]
            shared = leading is skill or _is_shared(gaps, after)
            for code, where in waiting[:-1]:
                said = replace(skill if shared else _NO_LEVEL, language=code)
                readings.append((said, where, confidence_of(said), doubt_of(said)))
            said = replace(skill, language=mention.code)
            readings.append((said, waiting[-1][1], confidence_of(said), doubt_of(said)))
        waiting = []
    return _unique(readings)


def _is_denied(before: str, after: str) -> bool:
    """Whether words say that a language is not spoken."""
    return bool(_ABSENT.match(plain(after.strip(" :(-–"))) or _DENIED.search(plain(before)))


_SEPARATOR = re.compile(
    r"[,;.|⏎•·]\s*|\s(?:and|et|y|e|und|en|og|och|i|și|si|a|și|и|و)\s|\s[–—-]\s(?=.*[:,])"
)
_WORDS_OF_JOINTS = re.compile(
    r"^[\s,;/&+·•()|-]*(?:(?:and|et|y|e|und|en|og|och|i|a|si|și|и|та|و|in|of|the|both|as well as|"
    r"ainsi que|le|la|l'|de|du|der|die|das|el|o|os)[\s,;/&+·•()|'-]*)*$"
)


_NO_LEVEL = LanguageSkill("", None, None)
_AND = re.compile(r"(?<!\w)(?:and|et|y|e|und|en|og|och|i|a|si|și|и|та|و)(?!\w)|[&+/]")
_AS_WELL = re.compile(
    r"\W*(?:as well as|like|comme|aussi bien que|come|cosi bene come|como|tan bien como|"
    r"tao bem como|igual que|wie|so gut wie|net zo goed als|ca si|jak)(?!\w)"
    r"\W*(?:the |le |la |lo |el |o |il |l')?\W*"
)
"""Between two languages that are spoken alike: "speaks Dutch like German"."""
_OF_ALL = re.compile(
    r"^[\s)]*[:=–—-]|^[\s(,]*(?:both|all|toutes|tous|ambos|ambas|todos|todas|beide|alle|entramb\w+)(?!\w)|"
    r"(?:maternelles|maternas|natives|muttersprachen|madrelingue|courantes|fluentes|languages)(?!\w)"
)


def _is_shared(gaps: Sequence[str], after: str) -> bool:
    """Whether a level behind the last of several languages is that of all.

    "Greek and English: C1", "français et néerlandais (maternelles)" and "English and French C1"
    are; in "español, quechua, inglés B1" only the last has a level.
    """
    if any(";" in gap for gap in gaps):
        return False
    if _OF_ALL.search(plain(after)):
        return True
    last = plain(gaps[-1]) if gaps else ""
    return bool(_AND.search(last) or _AS_WELL.fullmatch(last))


def _is_joint(words: str) -> bool:
    """Whether only commas and words like "and" stand between two languages."""
    low = plain(words)
    return bool(_WORDS_OF_JOINTS.match(low) or _AS_WELL.fullmatch(low))


def _spans(
    text: str,
    mentions: Sequence[languages.LanguageMention],
    language: str | None,
    scale: levels.Scale | None,
) -> list[tuple[str, str]]:
    """Return what stands before each language and is about it, and what stands after."""
    gaps = [text[: mentions[0].start]]
    gaps += [text[one.end : after.start] for one, after in pairwise(mentions)]
    gaps.append(text[mentions[-1].end :])
    heads, tails = [""], [gaps[0]]
    for gap in gaps[1:-1]:
        cuts = list(_SEPARATOR.finditer(gap))
        cut = cuts[-1].end() if cuts else len(gap)
        tail = gap[cut:]
        if not _states_level(tail, language, scale) or tail.rstrip().endswith((")", "]")):
            cut, tail = len(gap), ""
        heads.append(gap[:cut])
        tails.append(tail)
    heads.append(gaps[-1])
    return [(re.split(r"[;.|)⏎]", tails[at])[-1], heads[at + 1]) for at in range(len(mentions))]


def _states_level(text: str, language: str | None, scale: levels.Scale | None) -> bool:
    if not text.strip():
        return False
    found = levels.read_level(text, language, scale)
    return is_native(text) or (found is not None and found.level is not None)


_LIFE = re.compile(
    r"(?i)\b(?:professional|working|whole|entire) (?:life|lives|career|years)\b|"
    r"\bvie professionnelle\b|\bvida (?:profesional|profissional|laboral)\b|\bBerufsleben\b|"
    r"\bvita professionale\b"
)
"""Here "professional" is no level."""


def _stated_before(before: str, language: str | None) -> LanguageSkill | None:
    """Read "fluent in …" or "Native: …" before a language; a number there is none."""
    before = _LIFE.sub(" ", before)
    if not before.strip():
        return None
    if is_native(before):
        return LanguageSkill("", LanguageLevel.NATIVE, shown(before), "stated")
    found = levels.read_level(before, language)
    if found is None or found.level is None:
        return None
    return LanguageSkill("", found.level, shown(before), found.basis)


def _unique(readings: list[Reading]) -> list[Reading]:
    seen: dict[str, Reading] = {}
    for reading in readings:
        known = seen.get(reading[0].language)
        if known is None or (known[0].level is None and reading[0].level is not None):
            seen[reading[0].language] = reading
    return list(seen.values())


def _single(piece: Piece, language: str | None, scale: levels.Scale | None) -> list[Reading]:
    """Read "Pulaar: basic" whose language the list of running words does not carry."""
    head, colon, tail = piece.text.partition(":")
    code = language_of(head, language) if colon and len(head) < 40 else None
    if code is None or _ABSENT.match(plain(tail.strip())):
        return []
    said = _skill_of(tail, language, scale)
    if said is None and len(head.strip()) < SHORTEST_NAME:
        return []
    skill = replace(said or LanguageSkill("", None, shown(tail) or None), language=code)
    return [(skill, piece, confidence_of(skill), doubt_of(skill))]


def _skill_of(after: str, language: str | None, scale: levels.Scale | None) -> LanguageSkill | None:
    """Read the level said after a language; None where none is."""
    tail = re.split(r"(?<=[a-z)])\.\s|;", after)[0]
    by_skill = _by_words(tail, language, scale)
    if by_skill:
        return LanguageSkill("", levels.combine(by_skill), shown(tail), "stated", **by_skill)
    if is_native(tail):
        return LanguageSkill("", LanguageLevel.NATIVE, shown(tail), "stated")
    found = levels.read_level(tail, language, scale)
    if found is not None and found.basis == levels.WORD:
        # "fluent, medium of official work": what follows the comma explains.
        first = levels.read_level(tail.partition(",")[0], language, scale)
        found = first if first is not None and first.level is not None else found
    if found is None or found.level is None:
        return None
    return LanguageSkill("", found.level, shown(tail), found.basis)


def shown(words: str) -> str:
    """Return words as a person is shown them."""
    return words.strip(" \t:;,.()–-|⏎")[:80]


def _by_words(
    text: str, language: str | None, scale: levels.Scale | None
) -> dict[str, LanguageLevel | None]:
    """Read "citit C1, vorbit B2" or "CO C2, EO C1": a skill named beside each level."""
    values: dict[str, LanguageLevel | None] = {}
    for clause in re.split(r"[,;|]", text):
        low = plain(clause)
        named = [name for name, words in SKILLS.items() if words.search(low)]
        bare = clause
        for name in named:
            bare = re.sub(SKILLS[name].pattern, " ", plain(bare))
        found = levels.read_level(bare, language, scale) if named else None
        if found is not None and found.level is not None:
            values |= dict.fromkeys(named, found.level)
    return values if len(values) > 1 else {}


def confidence_of(skill: LanguageSkill) -> float:
    """Return how sure a reading is, by what its level rests on."""
    if skill.level is None:
        return 0.75
    if skill.level is LanguageLevel.NATIVE:
        return 0.95
    return {"stated": 0.95, "scale": 0.88}.get(skill.basis, 0.8)


def doubt_of(skill: LanguageSkill) -> str | None:
    """Return what may be wrong with a level, in words."""
    if skill.level is None:
        return "its level is not stated"
    if skill.basis == "word":
        return None if skill.level is LanguageLevel.NATIVE else "the level is a word"
    return "the level is a number on the form's scale" if skill.basis == "scale" else None
