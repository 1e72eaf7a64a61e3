"""From a letter of request to proposed fields, each with the sentence it was read in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from roster.ingest.assembly import place
from roster.ingest.letter_languages import find_needs
from roster.ingest.letter_parts import Letter, take_apart
from roster.ingest.letter_authority import Authority, find_authority
from roster.ingest.letter_places import find_beneficiaries, find_regional_body
from roster.ingest.lines import Piece, sentences_of
from roster.ingest.plain import plain
from roster.ingest.letter_window import choose_window
from roster.read import DocumentText, LanguageNeed, ProposedField
from roster.reference import activities, countries, languages, topics

READ_LANGUAGES = frozenset({"en", "fr", "es", "pt", "de", "it", "ar"})
_NEAR = {
    "gl": "pt",
    "ca": "es",
    "an": "es",
    "ast": "es",
    "oc": "fr",
    "wa": "fr",
    "br": "fr",
    "lb": "de",
}
TITLE_LENGTH = 160
WEAK = 0.5
"""Topics and activities not surer than this are proposed only where there is no surer one."""

_TITLE_ASKS = re.compile(r"request|sollicit|solicit|pedid|bitte|ersuch|richied|chied|نطلب|طلب")


def read_letter(text: DocumentText, *, today: date | None = None) -> tuple[ProposedField, ...]:
    """Read a letter of request.

    Parameters
    ----------
    text : a letter in one of `READ_LANGUAGES`
    today : the day it is read; windows that lie before it are not proposed. None leaves that open

    Returns
    -------
    fields : named as in `roster.inputs.NewRequest`, in its order; fields that hold several values
        (countries, topics, activities, languages) come once per value, each as a tuple of one;
        nothing for a letter in another language, of which `why_unread` speaks
    """
    if why_unread(text) is not None:
        return ()
    language = language_of(text)
    letter = take_apart(text.text)
    reader = _Reader(text, letter, language)
    authority = find_authority(letter)
    fields = [
        *reader.title(),
        *reader.authority(authority),
        *reader.places(authority, today),
        *reader.themes(),
        *reader.languages(),
        *reader.window(today),
    ]
    return tuple(fields)


def language_of(text: DocumentText) -> str | None:
    """Return the language a letter is read in; near relatives are read as their big sister."""
    return _NEAR.get(text.language or "", text.language)


def why_unread(text: DocumentText) -> str | None:
    """Return, for people, why no field is proposed for a letter; None where it can be read."""
    language = language_of(text)
    if language is None:
        return "The language of this letter was not recognised, so no field is proposed."
    if language not in READ_LANGUAGES:
        name = languages.name_of(language) if languages.is_language(language) else language
        return f"Letters in this language ({name}) cannot be read yet, so no field is proposed."
    return None


class _Reader:
    """Shapes what was found in one letter as proposed fields."""

    def __init__(self, text: DocumentText, letter: Letter, language: str | None) -> None:
        self.text = text
        self.letter = letter
        self.language = language

    def _field(
        self, name: str, value: object, label: str, where: Piece, confidence: float
    ) -> ProposedField:
        start, end = self._sentence(where)
        sentence = " ".join(self.text.text[start:end].split())
        span = place(self.text, where.start, where.end)
        return ProposedField(name, value, label, sentence, span, confidence)

    def _sentence(self, where: Piece) -> tuple[int, int]:
        """Return the bounds of the sentence or line around a place."""
        flow = self.letter.flow
        start = flow.rfind("\n", 0, where.start) + 1
        end = flow.find("\n", where.end)
        line = Piece(start, end if end >= 0 else len(flow), flow[start : end if end >= 0 else None])
        for sentence in sentences_of(line):
            if sentence.start <= where.start and where.end <= sentence.end:
                return sentence.start, sentence.end
        return line.start, line.end

    def title(self) -> Iterator[ProposedField]:
        subject = self.letter.subject
        if subject is not None and subject.text:
            value = " ".join(subject.text.split())[:TITLE_LENGTH]
            yield self._field("title", value, value, subject, 0.95)
            return
        asking = next(
            (one for one in self.letter.body if _TITLE_ASKS.search(plain(one.text))), None
        )
        if asking is not None:
            value = " ".join(asking.text.split())[:TITLE_LENGTH]
            yield self._field("title", value, value, asking, 0.4)

    def authority(self, found: Authority | None) -> Iterator[ProposedField]:
        if found is None:
            return
        yield self._field("authority", found.name, found.name, found.where, found.confidence)
        if found.kind is not None:
            label = str(found.kind).replace("_", " ")
            yield self._field(
                "administration", found.kind, label, found.where, found.confidence - 0.05
            )

    def places(self, authority: Authority | None, today: date | None) -> Iterator[ProposedField]:
        body = find_regional_body(self.letter, authority)
        for code, where, confidence in find_beneficiaries(
            self.letter, authority, self.language, regional=body is not None, today=today
        ):
            yield self._field("countries", (code,), countries.name_of(code), where, confidence)
        if body is not None:
            yield self._field("regional_body", body[0], body[0], body[1], 0.85)

    def themes(self) -> Iterator[ProposedField]:
        seen: dict[tuple[str, str], ProposedField] = {}
        for sentence in self.letter.sentences:
            if is_denied_request(sentence.text):
                continue
            for field in self._themes_of(sentence):
                key = (field.field, field.label)
                if key not in seen or field.confidence > seen[key].confidence:
                    seen[key] = field
        sure = {field.field for field in seen.values() if field.confidence > WEAK}
        kept = [one for one in seen.values() if one.confidence > WEAK or one.field not in sure]
        yield from sorted(kept, key=lambda field: field.field, reverse=True)

    def _themes_of(self, sentence: Piece) -> Iterator[ProposedField]:
        in_subject = sentence is self.letter.subject
        for topic in topics.find_topics(sentence.text, self.language):
            where = sentence.within(topic.start, topic.end)
            confidence = (0.9 if in_subject else 0.8) if topic.strength >= 1.0 else 0.5
            label = topics.label(topic.topic)
            yield self._field("topics", (topic.topic,), label, where, confidence)
        for found in activities.find_activities(sentence.text, self.language):
            where = sentence.within(found.start, found.end)
            confidence = (0.88 if in_subject else 0.75) if found.strength >= 1.0 else 0.45
            label = activities.label(found.activity)
            yield self._field("activities", (found.activity,), label, where, confidence)

    def languages(self) -> Iterator[ProposedField]:
        stated = find_needs(self.letter.body, self.language)
        for need, where in stated:
            label = f"{languages.name_of(need.language)}, {need.minimum}"
            yield self._field("languages", (need,), label, where, 0.85)
        if not stated:
            yield from self._own_language()

    def _own_language(self) -> Iterator[ProposedField]:
        """Propose the language of the letter, faintly, where it says nothing of languages."""
        if self.language is None or not self.letter.body:
            return
        label = f"{languages.name_of(self.language)}: the letter's own; it names none"
        need = LanguageNeed(self.language)
        yield self._field("languages", (need,), label, self.letter.body[0], 0.4)

    def window(self, today: date | None) -> Iterator[ProposedField]:
        best = choose_window(self.letter.sentences, self.language, today)
        if best is None:
            return
        window, where, confidence = best
        for name, day in (("starts", window.first), ("ends", window.last)):
            if day is not None:
                yield self._field(name, day, day.isoformat(), where, confidence)


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
