"""One CV being read: its text, language and sections, and how facts are noted down."""

from __future__ import annotations

from dataclasses import dataclass, field

from roster.dates import Period
from roster.ingest.assembly import place
from roster.ingest.wording.headings import SectionKind
from roster.ingest.wording.lines import Line, Piece, parts_of
from roster.ingest.wording.sections import Section, split_sections
from roster.read import DocumentText, FactValue, ProposedFact
from roster.reference.own_words import NO_WORDS, OwnWords
from roster.vocabulary import FactKind


@dataclass(slots=True)
class Sheet:
    """What the readers of each noun share."""

    document: DocumentText
    sections: list[Section]
    form: str
    facts: list[ProposedFact] = field(default_factory=list)
    own: OwnWords = NO_WORDS
    """Words of the facility whose CV it is."""

    @classmethod
    def of(cls, document: DocumentText, form: str) -> Sheet:
        """Cut a document into sections."""
        return cls(document, split_sections(document.text), form)

    @property
    def language(self) -> str | None:
        """ISO 639-1 of the document."""
        return self.document.language

    def lines(self, *kinds: SectionKind) -> list[Line]:
        """Return the lines of all sections of some kinds, in order."""
        return [
            line for section in self.sections if section.kind in kinds for line in lines_in(section)
        ]

    def pieces(self, *kinds: SectionKind) -> list[Piece]:
        """Return the words of all sections of some kinds, line by line."""
        return [line.piece for line in self.lines(*kinds)]

    def note(
        self,
        kind: FactKind,
        value: FactValue,
        where: Piece,
        confidence: float,
        *,
        period: Period | None = None,
        doubt: str | None = None,
    ) -> None:
        """Add one proposed fact; `where` is what a person is shown as its source."""
        self.facts.append(
            ProposedFact(
                kind,
                value,
                place(self.document, where.start, where.end),
                confidence,
                period or Period(),
                doubt,
            )
        )

    def slice(self, start: int, end: int) -> Piece:
        """Return a stretch of the text."""
        return Piece(start, end, self.document.text[start:end])


def lines_in(section: Section) -> list[Line]:
    """Return what follows the heading on its own line, a line each, and the lines below."""
    parts = parts_of(section.rest) if section.rest is not None else []
    beside = [Line(each.start, each.end, each.text, (each,), apart=False) for each in parts]
    return [*beside, *section.lines]
