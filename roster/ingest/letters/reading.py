"""From a letter of request to proposed fields, each with the sentence it was read in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from roster.ingest.assembly import place
from roster.ingest.letters.authority import Authority, find_authority
from roster.ingest.letters.languages import find_needs, level_of_own
from roster.ingest.letters.parts import Letter, take_apart
from roster.ingest.letters.places import find_beneficiaries, find_regional_body
from roster.ingest.letters.themes import find_themes
from roster.ingest.letters.title import find_title
from roster.ingest.letters.window import choose_window
from roster.ingest.wording.lines import Piece, sentences_of
from roster.read import DocumentText, LanguageNeed, ProposedField
from roster.reference import activities, countries, languages, topics
from roster.reference.own_words import NO_WORDS, OwnWords
from roster.vocabulary import ActivityType

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


def read_letter(
    text: DocumentText, *, today: date | None = None, own: OwnWords = NO_WORDS
) -> tuple[ProposedField, ...]:
    """Read a letter of request.

    Parameters
    ----------
    text : a letter in one of `READ_LANGUAGES`
    today : the day it is read; windows that lie before it are not proposed. None leaves that open
    own : words of the facility that it is addressed to

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
    reader = _Reader(text, letter, language, own)
    authority = find_authority(letter)
    fields = [
        *reader.authority(authority),
        *reader.places(authority, today),
        *reader.themes(),
        *reader.languages(),
        *reader.window(today),
    ]
    return (*reader.title(fields), *fields)


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

    def __init__(
        self, text: DocumentText, letter: Letter, language: str | None, own: OwnWords
    ) -> None:
        self.text = text
        self.letter = letter
        self.language = language
        self.own = own

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

    def title(self, others: Sequence[ProposedField]) -> Iterator[ProposedField]:
        found = find_title(self.letter, self.language, others)
        if found is not None:
            value, where, confidence = found
            yield self._field("title", value, value, where, confidence)

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
        for theme in find_themes(self.letter, self.language, self.own):
            value: object = theme.code
            label = topics.label(theme.code) if theme.field == "topics" else ""
            if theme.field == "activities":
                value = ActivityType(theme.code)
                label = activities.label(ActivityType(theme.code))
            yield self._field(theme.field, (value,), label, theme.where, theme.confidence)

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
        need = LanguageNeed(self.language, level_of_own(self.letter.body, self.language))
        yield self._field("languages", (need,), label, self.letter.body[0], 0.4)

    def window(self, today: date | None) -> Iterator[ProposedField]:
        best = choose_window(self.letter.sentences, self.language, today)
        if best is None:
            return
        window, where, confidence = best
        for name, day in (("starts", window.first), ("ends", window.last)):
            if day is not None:
                yield self._field(name, day, day.isoformat(), where, confidence)
