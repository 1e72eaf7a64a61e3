"""Topics and activities a letter asks for, apart from those it only mentions to set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from roster.ingest.letters.bodies import find_names
from roster.ingest.letters.parts import Letter
from roster.ingest.wording.lines import Piece
from roster.ingest.wording.plain import plain
from roster.ingest.wording.prefixes import without_prefixes
from roster.reference import activities, topics
from roster.reference.own_words import NO_WORDS, OwnWords

WEAK = 0.5
"""Topics and activities not surer than this are proposed only where there is no surer one."""

_SET_ASIDE = re.compile(
    r"(?:confus\w+ (?:with|con|com|avec)|confond\w+ (?:avec|con)|confundir\w* (?:con|com)|"
    r"confundid\w+ (?:con|com)|verwechsel\w* mit|zu unterscheiden von|confus\w+ con|"
    r"distinct from|different from|as opposed to|rather than|unlike|instead of|other than|"
    r"distinguish\w* (?:it )?from|a distinguer d\w+|contrairement a|plutot que|a diferencia de|"
    r"en lugar de|mas que|distint[oa] de|ao contrario d\w+|em vez d\w+|diferente d\w+|"
    r"im gegensatz zu\w*|statt|nicht um|a differenza d\w+|piuttosto che|diverso d\w+)"
    r" ?(?:the |la |le |les |l'|el |los |las |o |a |os |as |der |die |dem |das |den |il |lo )?$"
)
_VERWECHSELT = re.compile(r"^[^.;,]{0,12}(?:zu verwechseln|verwechselt)")
_AUDIENCE = re.compile(
    r"(?:police (?:des|aux) frontieres|gardes?[- ]frontieres?|border (?:police|guards?|officers?)|"
    r"polic[ei]a (?:de|das?|des) front\w+|guardas? de front\w+|grenzpoliz\w+|grenzschutz\w*|"
    r"grenzbeamt\w+|polizia di frontiera|guardie di frontiera|شرطة الحدود|حرس الحدود)"
)
"""People who are trained or met; their name is no topic of the request by itself."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A topic or an activity, and where the letter speaks of it."""

    field: str
    code: str
    where: Piece
    confidence: float


def find_themes(letter: Letter, language: str | None, own: OwnWords = NO_WORDS) -> list[Theme]:
    """Return the topics, then the activities, each once, where it is said most surely.

    Parameters
    ----------
    letter : taken apart
    language : ISO 639-1 of the letter
    own : words of the facility that it is addressed to
    """
    seen: dict[tuple[str, str], Theme] = {}
    for sentence in letter.sentences:
        if is_denied_request(sentence.text):
            continue
        for theme in _of_sentence(sentence, language, own, in_subject=sentence is letter.subject):
            key = theme.field, theme.code
            if key not in seen or theme.confidence > seen[key].confidence:
                seen[key] = theme
    sure = {theme.field for theme in seen.values() if theme.confidence > WEAK}
    kept = [one for one in seen.values() if one.confidence > WEAK or one.field not in sure]
    return sorted(kept, key=lambda theme: theme.field, reverse=True)


def _of_sentence(
    sentence: Piece, language: str | None, own: OwnWords, *, in_subject: bool
) -> Iterator[Theme]:
    text = without_prefixes(sentence.text, language)
    low = plain(text)
    named = [(one.start - sentence.start, one.end - sentence.start) for one in find_names(sentence)]
    named += [one.span() for one in _AUDIENCE.finditer(low)]
    for topic in topics.find_topics(text, language, own):
        if _is_set_aside(low, topic.start, topic.end):
            continue
        surely = topic.strength >= 1.0 and not _inside(topic.start, topic.end, named)
        confidence = (0.9 if in_subject else 0.8) if surely else WEAK
        where = sentence.within(topic.start, topic.end)
        yield Theme("topics", topic.topic, where, confidence)
    for found in activities.find_activities(text, language, own):
        surely = found.strength >= 1.0 and not _inside(found.start, found.end, named)
        confidence = (0.88 if in_subject else 0.75) if surely else 0.45
        where = sentence.within(found.start, found.end)
        yield Theme("activities", found.activity, where, confidence)


def _inside(start: int, end: int, places: list[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in places)


def _is_set_aside(low: str, start: int, end: int) -> bool:
    return bool(_SET_ASIDE.search(low[max(0, start - 60) : start])) or bool(
        _VERWECHSELT.match(low[end:])
    )


def is_denied_request(sentence: str) -> bool:
    """Whether a sentence says what is not asked for."""
    low = plain(sentence)
    return bool(
        re.search(
            r"(?:not|no longer) (?:request|need|ask|seek|concern|cover)\w*|without (?:any )?need|"
            r"(?:ne|n')\s?\w+ (?:pas|plus) (?:demand|sollicit|concern|port)\w*|"
            r"ne (?:demand|sollicit|concern|port)\w+ pas|no (?:solicit|pedi|se refiere|incluy)\w*|"
            r"nao (?:solicit|pedi|inclu|abrang)\w*|nicht (?:um|gegenstand|beantragt)|"
            r"non (?:chied|riguard|compren)\w*",
            low,
        )
    )
