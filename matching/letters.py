"""What is read of a letter, whoever asks and whoever is ranked: its terms, codes and vectors.

Reading a letter costs a hundred times what it costs to look its reading up. So readings are kept:
in memory, and, packed, with the request that the letter belongs to. A packed reading carries the
digest of what it was made of; of other words, or by other code, it is made anew.
"""

from __future__ import annotations

import json
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from io import BytesIO
from threading import Lock
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import classify

from matching import relations
from matching.arrays import Floats, Vectors, floats
from matching.commonplaces import letter_apart, sentence_weights
from matching.encoder import Encoder
from matching.text import clip, distinct, sentences, shingles, terms, words
from matching.vectors import Compact
from roster.read import KeptReading, RequestView

MOST_SENTENCES = 24
SENTENCE_WORDS = 48
WHOLE_WORDS = 400
"""Words of a letter that are compared as one."""
LEAST_WORDS = 4
"""Shorter lines of a letter are salutations and dates."""
MOST_WORDS = 20_000
"""A letter is read so far: forty pages, more than any has."""
MOST_KEPT = 256
"""Readings in memory, some ten thousand bytes each."""
_MADE_BY = (("matching", "."), ("roster", "reference"), ("roster", "reference/data"))
"""A reading is of use while the code and the words in these folders are what they were."""


@dataclass(frozen=True, slots=True)
class LetterReading:
    """A letter as the features compare it."""

    language: str | None
    notes: tuple[str, ...]
    topics: tuple[tuple[str, float], ...]
    """Codes that the letter speaks of, with how surely, in (0, 1]."""
    activities: tuple[str, ...]
    term_ids: NDArray[np.uint32]
    """Ascending."""
    term_counts: Floats
    """1 + log of how often each term stands in it."""
    term_words: tuple[str, ...]
    """A word of the letter behind each term, for the reason."""
    traces: NDArray[np.uint32]
    """Shingles, sorted."""
    vectors: Compact | None
    """(k + 1, dimensions): the sentences, and last the whole letter, what every letter says taken
    off, of length 1; None without an encoder or without text."""
    shares: Vectors
    """(k,): what each sentence counts, together 1; courtesies count next to nothing."""


def read_letter(request: RequestView, encoder: Encoder | None) -> LetterReading:
    """Read the title and the text of a request."""
    text, was_cut = _readable(_words_of(request))
    language = _language(request, text)
    ids, counts, spoken = _terms(text, language)
    traces = shingles(text)
    notes = was_cut
    if encoder is None:
        notes = (*notes, "No sentence encoder is installed: meaning is not compared, words are.")
    meaning = _meaning(encoder, text, language) if encoder else _NO_MEANING
    return LetterReading(
        language=language,
        notes=notes,
        topics=tuple(sorted(relations.topics_in(text, language).items())),
        activities=relations.activities_in(text),
        term_ids=ids,
        term_counts=counts,
        term_words=spoken,
        traces=np.fromiter(sorted(traces), dtype=np.uint32, count=len(traces)),
        vectors=meaning.vectors,
        shares=meaning.shares,
    )


class Letters:
    """Readings of letters by one encoder: each is made once, and once kept never again."""

    def __init__(self, encoder: Encoder | None) -> None:
        self._encoder = encoder
        self._held: OrderedDict[str, LetterReading] = OrderedDict()
        self._lock = Lock()

    def of(
        self, request: RequestView, kept: Callable[[], KeptReading | None] | None = None
    ) -> LetterReading:
        """Return the reading of a letter: held in memory, else the one kept, else made now.

        Parameters
        ----------
        kept : looks up what `packed` gave for this request before; asked only where memory is short
        """
        return self._of(request, self.digest(request), kept)

    def _of(
        self,
        request: RequestView,
        digest: str,
        kept: Callable[[], KeptReading | None] | None = None,
    ) -> LetterReading:
        with self._lock:
            if digest in self._held:
                self._held.move_to_end(digest)
                return self._held[digest]
        found = kept() if kept is not None else None
        reading = _unpacked(found.content) if found is not None and found.of == digest else None
        if reading is None:
            reading = read_letter(request, self._encoder)
        with self._lock:
            self._held[digest] = reading
            while len(self._held) > MOST_KEPT:
                self._held.popitem(last=False)
        return reading

    def packed(self, request: RequestView) -> KeptReading:
        """Return the reading of a request, to be kept with it."""
        digest = self.digest(request)
        return KeptReading(digest, self.made_by, _packed(self._of(request, digest)))

    @property
    def made_by(self) -> str:
        """Tells readings of this code and encoder from those of others."""
        name = self._encoder.name if self._encoder is not None else "none"
        return f"{_makers()} {name}"

    def digest(self, request: RequestView) -> str:
        """Return what a reading was made of; the letter cannot be read back from it."""
        asked = "\0".join((self.made_by, request.text_language or "", _words_of(request)))
        return blake2b(asked.encode("utf-8", "replace"), digest_size=16).hexdigest()


@cache
def _makers() -> str:
    """Return a digest of the code and of the words by which letters are read."""
    found = blake2b(np.__version__.encode(), digest_size=12)
    for package, folder in _MADE_BY:
        for file in sorted(files(package).joinpath(folder).iterdir(), key=lambda one: one.name):
            if file.is_file():
                found.update(file.read_bytes())
    return found.hexdigest()


# --- Reading --------------------------------------------------------------------------------------


def _words_of(request: RequestView) -> str:
    return "\n".join(filter(None, (request.title, request.text)))


def _readable(text: str) -> tuple[str, tuple[str, ...]]:
    """Return as much of a letter as is read, and a note where that is not all."""
    parts = text.split(maxsplit=MOST_WORDS)
    if len(parts) <= MOST_WORDS:
        return text, ()
    read = text[: len(text) - len(parts[-1])]
    return read, (f"The letter is very long: its first {MOST_WORDS:,} words were read.",)


def _language(request: RequestView, text: str) -> str | None:
    if request.text_language:
        return request.text_language
    if len(words(text)) < LEAST_WORDS:
        return None
    return str(classify(text[:2000])[0])


def _terms(text: str, language: str | None) -> tuple[NDArray[np.uint32], Floats, tuple[str, ...]]:
    """Return each term of the text once, with 1 + log of its count and a word that gives it."""
    spoken: dict[int, str] = {}
    counts: Counter[int] = Counter()
    for word in words(text):
        for term in terms(word, language):
            counts[term] += 1
            spoken.setdefault(term, word)
    ids = np.fromiter(sorted(counts), dtype=np.uint32, count=len(counts))
    weights = 1 + np.log(floats([counts[term] for term in sorted(counts)]))
    return ids, weights, tuple(spoken[term] for term in sorted(counts))


class _Meaning(NamedTuple):
    """The sentences of a letter and the whole of it as vectors."""

    vectors: Compact | None
    shares: Vectors


_NO_MEANING = _Meaning(None, np.zeros(0, np.float32))


def _meaning(encoder: Encoder, text: str, language: str | None) -> _Meaning:
    """Encode the first sentences that say something, and the whole."""
    parts = [part for part in distinct(sentences(text)) if len(part.split()) >= LEAST_WORDS]
    parts = parts or distinct(sentences(text))
    if not parts:
        return _NO_MEANING
    cut = [clip(part, SENTENCE_WORDS) for part in parts[:MOST_SENTENCES]]
    vectors = encoder.encode([*cut, clip(text, WHOLE_WORDS)])
    shares = sentence_weights(vectors[:-1], encoder, language)
    vectors[-1] = letter_apart(vectors[-1], encoder, language)
    return _Meaning(Compact.of(vectors), shares / shares.sum())


# --- Packing --------------------------------------------------------------------------------------


def _packed(reading: LetterReading) -> bytes:
    """Return a reading as an archive of arrays, never a pickle."""
    said = {
        "language": reading.language,
        "notes": reading.notes,
        "topics": reading.topics,
        "activities": reading.activities,
        "words": reading.term_words,
    }
    arrays: dict[str, NDArray[Any]] = {
        "said": np.frombuffer(json.dumps(said, ensure_ascii=False).encode(), dtype=np.uint8),
        "ids": reading.term_ids,
        "counts": reading.term_counts,
        "traces": reading.traces,
        "shares": reading.shares,
    }
    if reading.vectors is not None:
        arrays |= {"numbers": reading.vectors.numbers, "steps": reading.vectors.steps}
    written = BytesIO()
    np.savez_compressed(written, allow_pickle=False, **arrays)
    return written.getvalue()


def _unpacked(content: bytes) -> LetterReading | None:
    """Return what `_packed` wrote; None where it is damaged: then it is made anew."""
    try:
        with np.load(BytesIO(content), allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
        said = json.loads(arrays["said"].tobytes())
        vectors = Compact(arrays["numbers"], arrays["steps"]) if "numbers" in arrays else None
        return LetterReading(
            language=said["language"],
            notes=tuple(said["notes"]),
            topics=tuple((code, sure) for code, sure in said["topics"]),
            activities=tuple(said["activities"]),
            term_ids=arrays["ids"],
            term_counts=arrays["counts"],
            term_words=tuple(said["words"]),
            traces=arrays["traces"],
            vectors=vectors,
            shares=arrays["shares"],
        )
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile):
        return None
