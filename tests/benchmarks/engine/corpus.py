"""A large roster by chance, and requests to it: numpy only, made block by block, seeded.

Person i is the same whatever the size, so the first 1,000 of a million are the roster of 1,000.
Numbers as in the field: some 305 different words of a vocabulary of 50,000 (few are frequent, most
are rare, and 64 subjects have words of their own), 14 skills of 2,000, 2–3 languages, 7–9 stays in
countries, a calendar of 64 weeks and a vector of length 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

VOCABULARY, SUBJECTS, SUBJECT_WORDS = 50_000, 64, 800
SKILLS, SUBJECT_SKILLS = 2_000, 60
LANGUAGES, COUNTRIES, REGIONS, DIMENSIONS = 24, 190, 10, 256
BLOCK = 1_000
REGION_OF = (np.arange(COUNTRIES) * 7 % REGIONS).astype(np.uint8)
USUAL_LENGTH = 378


@dataclass(frozen=True)
class Block:
    """Some hundreds of people; loose entries come as (whose, what, how much)."""

    words: tuple[Numbers, Numbers, Numbers]
    """Person, word, how often."""
    skills: tuple[Numbers, Numbers]
    stays: tuple[Numbers, Numbers, Numbers, Numbers]
    """Person, country, last year from 0 (1985) to 40, months."""
    levels: NDArray[np.uint8]
    """(n, LANGUAGES): 0 none to 6."""
    weeks: NDArray[np.uint64]
    vectors: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.weeks)


@dataclass(frozen=True)
class Asked:
    """A request to the large roster."""

    words: Numbers
    skills: Numbers
    countries: Numbers
    languages: tuple[tuple[int, int], ...]
    """Language and least level."""
    weeks: int
    vector: NDArray[np.float32]


def _zipf(size: int, offset: int, slots: int) -> Numbers:
    """Return a table whose entry at a random place is a rank by Zipf and Mandelbrot."""
    share = np.cumsum(1.0 / (np.arange(size) + offset))
    table: Numbers = np.searchsorted(share / share[-1], (np.arange(slots) + 0.5) / slots)
    return table


class World:
    """What people and requests share: which words, skills and directions a subject has."""

    def __init__(self, seed: int = 7) -> None:
        rng = np.random.default_rng([seed, 1])
        self.seed = seed
        self.any_word = _zipf(VOCABULARY, 80, 1 << 20)
        inside = _zipf(SUBJECT_WORDS, 3, 1 << 12)
        chosen = [rng.choice(20_000, SUBJECT_WORDS, replace=False) for _ in range(SUBJECTS)]
        self.subject_word = np.stack([own[inside] for own in chosen])
        self.subject_skill = np.stack(
            [rng.choice(SKILLS, SUBJECT_SKILLS, replace=False) for _ in range(SUBJECTS)]
        )
        self.direction = rng.standard_normal((SUBJECTS, DIMENSIONS)).astype(np.float32)
        self.country = _zipf(COUNTRIES, 5, 1 << 12)
        self.language = _zipf(LANGUAGES, 1, 1 << 10)

    def words(self, rng: np.random.Generator, subject: Numbers, share: float) -> Numbers:
        """Return a word per entry of `subject`, of that subject with probability `share`."""
        n = len(subject)
        own = self.subject_word[subject, rng.integers(0, 1 << 12, n)]
        any_word = self.any_word[rng.integers(0, 1 << 20, n)]
        found: Numbers = np.where(rng.random(n) < share, own, any_word)
        return found


def blocks(world: World, n: int) -> Iterator[Block]:
    """Yield n people, `BLOCK` at a time."""
    for number in range(-(-n // BLOCK)):
        yield _block(world, number, min(BLOCK, n - number * BLOCK))


def _block(world: World, number: int, n: int) -> Block:
    rng = np.random.default_rng([world.seed, 2, number])
    subjects = rng.integers(0, SUBJECTS, (BLOCK, 3))

    def of(who: Numbers) -> Numbers:
        found: Numbers = subjects[who, rng.integers(0, 3, len(who)) % (1 + who % 3)]
        return found

    length = np.clip(rng.lognormal(np.log(355), 0.35, BLOCK), 120, 1200).astype(int)
    who = np.repeat(np.arange(BLOCK), length)
    words = _counted(who, world.words(rng, of(who), 0.55), VOCABULARY)

    who = np.repeat(np.arange(BLOCK), rng.integers(5, 26, BLOCK))
    own = world.subject_skill[of(who), rng.integers(0, SUBJECT_SKILLS, len(who))]
    skill = np.where(rng.random(len(who)) < 0.8, own, rng.integers(0, SKILLS, len(who)))
    skills = _counted(who, skill, SKILLS)[:2]

    many = np.clip(rng.lognormal(np.log(7), 0.8, BLOCK), 1, 30).astype(int)
    who = np.repeat(np.arange(BLOCK), many)
    country = world.country[rng.integers(0, 1 << 12, len(who))]
    stays = who, country, rng.integers(0, 41, len(who)), rng.integers(1, 48, len(who))

    levels = np.zeros((BLOCK, LANGUAGES), np.uint8)
    who = np.repeat(np.arange(BLOCK), rng.integers(1, 6, BLOCK))
    spoken = world.language[rng.integers(0, 1 << 10, len(who))]
    levels[who, spoken] = rng.integers(2, 7, len(who))

    start, busy = rng.integers(0, 64, BLOCK), rng.integers(0, 52, BLOCK)
    week = np.arange(64)
    free = ~((week >= start[:, None]) & (week < (start + busy)[:, None]))
    weeks = np.packbits(free, axis=1, bitorder="little").view(np.uint64).ravel()

    vectors = world.direction[subjects[:, 0]] + 0.5 * world.direction[subjects[:, 1]]
    vectors = vectors + 2.0 * rng.standard_normal((BLOCK, DIMENSIONS), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    whole = Block(words, skills, stays, levels, weeks, vectors.astype(np.float32))
    return whole if n == BLOCK else _first(whole, n)


def _counted(who: Numbers, what: Numbers, width: int) -> tuple[Numbers, Numbers, Numbers]:
    """Return each pair once, with how often it came."""
    pairs, times = np.unique(who * width + what, return_counts=True)
    return pairs // width, pairs % width, times


def _first(block: Block, n: int) -> Block:
    words, skills, stays = (
        tuple(one[entries[0] < n] for one in entries)
        for entries in (block.words, block.skills, block.stays)
    )
    return Block(
        words,  # type: ignore[arg-type]  # as many as before
        skills,  # type: ignore[arg-type]  # as many as before
        stays,  # type: ignore[arg-type]  # as many as before
        block.levels[:n],
        block.weeks[:n],
        block.vectors[:n],
    )


def requests(world: World, count: int = 200) -> list[Asked]:
    """Return requests of 5 to 40 words, 2 to 8 skills, 1 to 3 countries and languages."""
    rng = np.random.default_rng([world.seed, 3])
    found = []
    for _ in range(count):
        subject = int(rng.integers(SUBJECTS))
        size = int(np.clip(rng.lognormal(np.log(15), 0.5), 5, 40))
        vector = world.direction[subject] + rng.standard_normal(DIMENSIONS).astype(np.float32)
        start, span = int(rng.integers(0, 40)), int(rng.integers(2, 24))
        spoken = np.unique(world.language[rng.integers(0, 1 << 10, int(rng.integers(1, 4)))])
        found.append(
            Asked(
                words=np.unique(world.words(rng, np.full(size, subject), 0.6)),
                skills=np.unique(rng.choice(world.subject_skill[subject], int(rng.integers(2, 9)))),
                countries=np.unique(
                    world.country[rng.integers(0, 1 << 12, int(rng.integers(1, 4)))]
                ),
                languages=tuple((int(one), int(rng.integers(3, 6))) for one in spoken),
                weeks=((1 << span) - 1) << start,
                vector=(vector / np.linalg.norm(vector)).astype(np.float32),
            )
        )
    return found


def spelt(word: int) -> str:
    """Return a word that can be said, so that every engine takes it for one."""
    consonants, vowels, said = "bdfgklmnprstvz", "aeiou", ""
    word += 70
    while word:
        word, rest = divmod(word, 70)
        said += consonants[rest // 5] + vowels[rest % 5]
    return said
