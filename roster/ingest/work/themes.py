"""Topics and activities that a CV shows, each by the sentence that shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from roster.dates import Period
from roster.ingest.sheet import Sheet
from roster.ingest.wording.headings import SectionKind
from roster.ingest.wording.lines import Piece, sentences_of
from roster.ingest.wording.plain import plain
from roster.ingest.work.employment import Stay
from roster.read import ActivityExperience, TopicExperience
from roster.reference.activities import find_activities
from roster.reference.topics import find_topics
from roster.vocabulary import ActivityType, FactKind

MOST_PER_TOPIC = 5
IN_PASSING = 0.5
_SECTIONS = {
    SectionKind.PROFILE: 0.8,
    SectionKind.PRESENT: 0.8,
    SectionKind.TRAININGS_GIVEN: 0.8,
    SectionKind.TRAININGS: 0.5,
    SectionKind.PUBLICATIONS: 0.6,
    SectionKind.EDUCATION: 0.4,
    SectionKind.SKILLS: 0.4,
}
_NEGATED = re.compile(
    r"(?<!\w)(?:no (?:\w+ )?(?:experience|knowledge|training|background)|"
    r"(?:have|has|had|did|do|does|was|were) (?:not|never)|haven't|hasn't|never (?:\w+ )?(?:work|"
    r"deal)\w*|"
    r"without (?:any )?(?:experience|knowledge)|not (?:involved|responsible|part of|covered)|"
    r"lack of|"
    r"(?:pas|jamais|aucune?) (?:d[e'] ?|encore )?(?:experience|connaissance|formation|travaill\w+)|"
    r"n'(?:a|ai|ont|avait) (?:pas|jamais)|sans experience|ne (?:couvr|concern|comprend|"
    r"trait)\w+ pas|"
    r"(?:sin|ningun[a]?|nunca|no (?:tien|teng|h[ae])\w*) (?:\w+ )?(?:experiencia|conocimient\w+|"
    r"trabaj\w+)|"
    r"(?:sem|nenhuma?|nunca|nao (?:tem|tenho|ha)) ?(?:\w+ )?(?:experiencia|conhecimento\w*|"
    r"trabalh\w+)|"
    r"kein(?:e|erlei)? (?:\w+ )?(?:erfahrung\w*|kenntnis\w*)|nie(?:mals)? (?:\w+ )?gearbeitet|"
    r"ohne erfahrung|"
    r"(?:senza|nessuna|mai|non ha) (?:\w+ )?(?:esperienz\w+|conoscenz\w+|lavorat\w+)|"
    r"fara experienta|nu are experienta)"
)
_FUTURE = re.compile(
    r"(?<!\w)(?:would like to|wish(?:es)? to|interested in|hope[sd]? to|plan(?:s|ned)? to|"
    r"souhait\w+|desire\w* |aimerai\w*|interesse\w* par|desea\w*|quisiera|gostaria|"
    r"interess\w+ (?:em|por)|"
    r"mochte|interessiert an|vorrei|interessat[oa] a)"
)
_LIST_OF_PARTNERS = re.compile(r"^(?:reference person|personne de reference|tel\.?|e-?mail)")


def read_themes(sheet: Sheet, stays: list[Stay]) -> None:
    """Note down topics and activities out of work, profile, trainings and publications."""
    counts: Counter[str] = Counter()
    for sentence, period, worth, language in _sentences(sheet, stays):
        if is_denied(sentence.text):
            continue
        _topics(sheet, sentence, period, worth, counts, language)
        _activities(sheet, sentence, period, worth, counts)


def is_denied(sentence: str) -> bool:
    """Whether a sentence says that something was not done, or is only wished for."""
    low = plain(sentence)
    return bool(_NEGATED.search(low) or _FUTURE.search(low) or _LIST_OF_PARTNERS.match(low))


def _sentences(
    sheet: Sheet, stays: list[Stay]
) -> Iterator[tuple[Piece, Period, float, str | None]]:
    for stay in stays:
        for piece in (stay.title, stay.project, stay.duties):
            if piece is not None:
                for sentence in sentences_of(piece):
                    yield sentence, stay.period, 1.0, sheet.language
    for kind, worth in _SECTIONS.items():
        for piece in sheet.pieces(kind):
            for sentence in sentences_of(piece):
                yield sentence, Period(), worth, sheet.language


def _topics(
    sheet: Sheet,
    sentence: Piece,
    period: Period,
    worth: float,
    counts: Counter[str],
    language: str | None,
) -> None:
    best: dict[str, float] = {}
    for mention in find_topics(sentence.text, language, sheet.own):
        best[mention.topic] = max(best.get(mention.topic, 0.0), mention.strength)
    for topic, strength in best.items():
        counts[topic] += 1
        if counts[topic] > MOST_PER_TOPIC:
            continue
        value = TopicExperience(topic, round(strength * worth, 2))
        weak = strength * worth <= IN_PASSING
        sheet.note(
            FactKind.TOPIC,
            value,
            sentence,
            0.55 if weak else 0.85,
            period=period,
            doubt="named in passing" if weak else None,
        )


def _activities(
    sheet: Sheet, sentence: Piece, period: Period, worth: float, counts: Counter[str]
) -> None:
    best: dict[ActivityType, float] = {}
    for mention in find_activities(sentence.text, sheet.language, sheet.own):
        best[mention.activity] = max(best.get(mention.activity, 0.0), mention.strength)
    for activity, strength in best.items():
        counts[activity] += 1
        if counts[activity] <= MOST_PER_TOPIC and worth >= 0.8:
            confidence = 0.8 if strength >= 1.0 else 0.5
            doubt = None if strength >= 1.0 else "the words may mean something else"
            sheet.note(
                FactKind.ACTIVITY,
                ActivityExperience(activity),
                sentence,
                confidence,
                period=period,
                doubt=doubt,
            )
