"""The large roster as the service's own index, and requests as the service's own questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.arrays import NO_DAY, Days, Floats, Ints, Rows, Shares, floats
from matching.baseline import rule_model
from matching.blocks import (
    Block,
    Column,
    Facts,
    Passages,
    Postings,
    Service,
    bounds_of,
    posted,
)
from matching.calendars import Calendars
from matching.conditions import Verdicts, check_everybody
from matching.index import Index, index_of
from matching.question import Question, settle, tally
from matching.ranked import RankedPeople
from matching.records import Records
from matching.scoring import measure, score
from matching.vectors import Compact
from matching.wanted import Wanted
from roster.read import LanguageNeed
from roster.vocabulary import Band, ExpertKind, ExpertStatus, LanguageLevel
from tests.benchmarks.engine.corpus import (
    COUNTRIES,
    SKILLS,
    USUAL_LENGTH,
    VOCABULARY,
    Asked,
    Numbers,
    World,
    blocks,
)
from tests.benchmarks.engine.corpus import Block as Made
from tests.matching.people import request

TODAY = date(2026, 11, 22)
PASSAGES = 21
"""Passages a person, as many as the invented roster has."""
SENTENCES = 20
DIMENSIONS = 192
TOP = 50
_K1, _B = 1.2, 0.75
_LEVELS = tuple(LanguageLevel)
_EU = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"
_CODES = tuple(_EU.split(" "))
_SKILLS = tuple(f"s{at:04d}" for at in range(SKILLS))
_COUNTRIES = tuple(f"c{at:03d}" for at in range(COUNTRIES))
_NEAR_SKILLS, _NEAR_COUNTRIES = 4, 12
"""How many codes are near one that is asked for, as in the taxonomy and in a sub-region."""


def index(world: World, n: int, *, meaning: bool = True) -> Index:
    """Lay the first n people out."""
    rng = np.random.default_rng([world.seed, 4])
    held = _block(_Entries.of(world, n), rng)
    if meaning:
        held = replace(held, passages=_passages(n, rng), has_passages=np.ones(n, dtype=np.bool_))
    return index_of([held], Records())


class _Entries(NamedTuple):
    """What all the people have, in arrays as short as they can be: a million have 300 million."""

    words: tuple[Rows, NDArray[np.uint16], Shares]
    skills: tuple[Rows, Numbers]
    stays: tuple[Rows, Numbers, Days]
    levels: NDArray[np.int8]
    weeks: NDArray[np.uint64]

    @classmethod
    def of(cls, world: World, n: int) -> _Entries:
        """Make n people, block by block."""
        start, parts = 0, list[tuple[NDArray[Any], ...]]()
        for made in blocks(world, n):
            words = _rows(made.words[0], start), made.words[1].astype(np.uint16), _impacts(made)
            skills = _rows(made.skills[0], start), made.skills[1]
            last = (TODAY.toordinal() - (40 - made.stays[2]) * 365).astype(np.int32)
            stays = _rows(made.stays[0], start), made.stays[1], last
            parts.append((*words, *skills, *stays, made.levels.astype(np.int8), made.weeks))
            start += len(made)
        flat = [np.concatenate(part) for part in zip(*parts, strict=True)]
        return cls(tuple(flat[:3]), tuple(flat[3:5]), tuple(flat[5:8]), *flat[8:])  # type: ignore[arg-type]  # as they were put in


def _rows(who: Numbers, start: int) -> Rows:
    return (who + start).astype(np.int32)


def _block(made: _Entries, rng: np.random.Generator) -> Block:
    n, today = len(made.weeks), TODAY.toordinal()
    nothing = _column(np.zeros(0, np.int32), np.zeros(0, np.int64), (), np.zeros(0, np.int32))
    skilled = (today - rng.integers(0, 30 * 365, len(made.skills[0]))).astype(np.int32)
    homes = (np.arange(n) % 40).astype(np.int32)
    official = ExpertKind.EU_ADMINISTRATION.value
    return Block(
        ids=np.asarray([at.to_bytes(16, "big") for at in range(n)], dtype="S16"),
        topics=_column(*made.skills, _SKILLS, skilled),
        activities=nothing,
        countries=_column(made.stays[0], made.stays[1], _COUNTRIES, made.stays[2]),
        administrations=nothing,
        words=_postings(*made.words),
        traces=posted(np.zeros(0, np.uint32), np.zeros(0, np.int32), np.zeros(0, np.float32)),
        passages=None,
        languages=_CODES,
        levels=made.levels,
        calendars=_calendars(made.weeks),
        service=Service(
            rows=np.arange(n, dtype=np.int32),
            first=(today - rng.integers(365, 30 * 365, n)).astype(np.int32),
            last=np.full(n, today, dtype=np.int32),
        ),
        homes=Facts(homes, tuple((f"h{at}",) for at in range(40))),
        kinds=Facts(homes, tuple((official, f"h{at}") for at in range(40))),
        standings=Facts(np.zeros(n, np.int32), ((ExpertStatus.ACTIVE.value, "informed"),)),
        releases=np.zeros(n, dtype=np.int32),
        has_history=np.ones(n, dtype=np.bool_),
        has_words=np.ones(n, dtype=np.bool_),
        has_passages=np.zeros(n, dtype=np.bool_),
        confirmed=(today - rng.integers(0, 1500, n)).astype(np.int32),
        track=np.column_stack(
            [rng.integers(0, 4, n), 3 + 2 * rng.random(n), rng.integers(0, 4, n)]
        ).astype(np.float64),
    )


def _column(rows: Rows, codes: Numbers, names: tuple[str, ...], last: Days) -> Column:
    order = np.argsort(codes, kind="stable")
    return Column(
        names=names,
        bounds=bounds_of(codes, len(names)),
        rows=rows[order],
        weights=np.ones(len(rows), dtype=np.float32),
        first=np.maximum(last[order] - 500, NO_DAY),
        last=last[order],
        places=np.zeros(len(rows), dtype=np.int32),
    )


def _postings(rows: Rows, terms: NDArray[np.uint16], impacts: Shares) -> Postings:
    order = np.argsort(terms, kind="stable")
    counts = np.bincount(terms, minlength=VOCABULARY)
    held = np.flatnonzero(counts)
    bounds = np.concatenate([[0], np.cumsum(counts[held])]).astype(np.int64)
    return Postings(held.astype(np.uint32), bounds, rows[order], impacts[order])


def _impacts(made: Made) -> Shares:
    who, _, times = made.words
    length = np.bincount(who, weights=times, minlength=len(made))[who]
    share = times / (times + _K1 * (1 - _B + _B * length / USUAL_LENGTH))
    return share.astype(np.float32)


def _calendars(weeks: NDArray[np.uint64]) -> Calendars:
    """Take the weeks that are not free for one absence."""
    bits = np.unpackbits(weeks.view(np.uint8).reshape(-1, 8), axis=1, bitorder="little") == 0
    rows = np.flatnonzero(bits.any(axis=1)).astype(np.int32)
    first, last = bits[rows].argmax(axis=1), 63 - bits[rows][:, ::-1].argmax(axis=1)
    start = (TODAY.toordinal() + 7 * first).astype(np.int32)
    end = (TODAY.toordinal() + 7 * last + 6).astype(np.int32)
    until = np.full(len(weeks), TODAY.toordinal() + 7 * 64, dtype=np.int32)
    none = np.zeros(len(rows), dtype=np.int64)
    return Calendars(rows, start, start, end, end, until, none)


def _passages(n: int, rng: np.random.Generator) -> Passages:
    rows = np.repeat(np.arange(n, dtype=np.int32), PASSAGES)
    last = (TODAY.toordinal() - rng.integers(0, 30 * 365, len(rows))).astype(np.int32)
    return Passages(
        rows=rows,
        numbers=np.zeros(len(rows), dtype=np.int32),
        vectors=_vectors(len(rows), rng),
        wholes=_vectors(n, rng),
        first=last - 500,
        last=last,
        keys=np.zeros(0, dtype="S16"),
    )


def _vectors(n: int, rng: np.random.Generator) -> Compact:
    numbers = rng.integers(-32, 33, (n, DIMENSIONS), dtype=np.int8)
    return Compact(numbers, np.full(n, 2.0**-8, dtype=np.float32))


# --- Requests -------------------------------------------------------------------------------------


def question(asked: Asked, *, meaning: bool = True) -> Question:
    """Return what the service asks of everybody for a request, prepared as for a stored one."""
    first = next(at for at in range(64) if asked.weeks >> at & 1)
    span = asked.weeks.bit_count()
    starts = TODAY + timedelta(weeks=first)
    needs = tuple(
        LanguageNeed(_CODES[code], _LEVELS[least - 1], everyone=True)
        for code, least in asked.languages
    )
    rng = np.random.default_rng(asked.words[:4])
    vectors = Compact.of(rng.standard_normal((SENTENCES + 1, DIMENSIONS), dtype=np.float32))
    order = np.arange(len(asked.words))
    return Question(
        request=request(
            languages=needs,
            topics=tuple(_SKILLS[one] for one in asked.skills.tolist()),
            starts=starts,
            ends=starts + timedelta(weeks=span),
        ),
        on=TODAY,
        language=None,
        topics=_wanted(_SKILLS, asked.skills, _NEAR_SKILLS),
        activities=(),
        countries=_wanted(_COUNTRIES, asked.countries, _NEAR_COUNTRIES),
        administrations=(),
        term_ids=asked.words.astype(np.uint32),
        term_counts=np.ones(len(asked.words)),
        term_words=(),
        traces=np.zeros(0, np.uint32),
        term_weights=np.ones(len(asked.words)),
        telling=order,
        vectors=vectors if meaning else None,
        shares=np.full(SENTENCES, 1 / SENTENCES, dtype=np.float32),
        notes=(),
    )


def _wanted(names: tuple[str, ...], codes: Numbers, near: int) -> tuple[Wanted, ...]:
    found = []
    for code in codes.tolist():
        others = {names[(code + step) % len(names)]: 0.4 for step in range(1, near)}
        found.append(Wanted(names[code], names[code], 1.0, {names[code]: 1.0, **others}))
    return tuple(found)


MODEL = rule_model()
FACTORS = floats([1.0] * len(MODEL.names))


def words_alone(held: Index, asked: Question) -> object:
    """Find the best by their words, as the other engines do."""
    bare = replace(asked, topics=())
    settled = settle(bare, tally(bare, held, {}))
    sums = held.blocks[0].words.sums(settled.term_ids, settled.term_weights, len(held))
    return _best(sums)


def _best(sums: Floats) -> Ints:
    """Return the rows of the largest sums: none is below the last of those among a few rows."""
    few = sums[:: max(len(sums) // 4096, 1)]
    near = np.flatnonzero(sums >= np.partition(few, -TOP)[-TOP])
    return near[np.argpartition(sums[near], -TOP)[-TOP:]]


def ranking(held: Index, asked: Question) -> RankedPeople:
    """Rank everybody as the service does: features, points, conditions, order; no words."""
    scored = score(measure(asked, held, TODAY), MODEL, FACTORS)
    verdicts: Verdicts = check_everybody(held, asked.request)
    rows = np.arange(len(held), dtype=np.int64)
    return RankedPeople(scored, verdicts, rows, dict.fromkeys(Band, 0))
