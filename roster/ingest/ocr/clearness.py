"""What is read in a scan is as sure as its letters are clear."""

from __future__ import annotations

from dataclasses import replace

from roster.read import DocumentText, ProposedFact

CLEAR = 0.75
"""Lines whose words were all recognised this surely hardly ever hold a wrong letter."""
MOST_CONFIDENCE = 0.95
"""Of a value in clear lines of a scan."""
UNCLEAR_CONFIDENCE = 0.75
"""At most this where a letter may be wrong: never sure."""
DOUBT = "read in a scan where some letters are unclear; compare it with the page"


def weighed(facts: list[ProposedFact], text: DocumentText) -> list[ProposedFact]:
    """Return the facts, those out of scanned lines no surer than the letters are clear."""
    scanned = [line for line in text.lines if line.clearness is not None]
    if not scanned:
        return facts
    found = []
    for fact in facts:
        given = [
            line.clearness
            for line in scanned
            if line.clearness is not None
            and line.start < fact.span.end
            and line.end > fact.span.start
        ]
        found.append(_weighed(fact, min(given)) if given else fact)
    return found


def _weighed(fact: ProposedFact, clearness: float) -> ProposedFact:
    if clearness >= CLEAR:
        return replace(fact, confidence=min(fact.confidence, MOST_CONFIDENCE))
    confidence = min(fact.confidence, UNCLEAR_CONFIDENCE)
    return replace(fact, confidence=confidence, doubt=fact.doubt or DOUBT)
