"""Compares names of people and bodies across alphabets, orders and habits of spelling; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import fuzz, process

from roster.reference.folding import fold_script, fold_words, lookup_form

SAME_FROM = 0.85
"""The likeness from which two names are taken for one person's."""

_PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "el",
        "al",
        "ad",
        "an",
        "as",
        "ash",
        "ar",
        "at",
        "bin",
        "ben",
        "ibn",
        "bint",
        "abu",
        "ould",
        "ou",
        "von",
        "van",
        "der",
        "den",
        "ter",
        "ten",
        "zu",
        "zur",
        "zum",
        "af",
        "av",
        "y",
        "e",
        "i",
        "und",
        "and",
        "of",
        "the",
        "san",
        "l",
    ]
)
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "m",
        "mme",
        "mlle",
        "sr",
        "sra",
        "srta",
        "dra",
        "herr",
        "frau",
        "sig",
        "sigra",
        "dott",
        "ing",
        "eng",
        "phd",
        "msc",
        "mba",
        "esq",
        "jr",
        "hon",
        "col",
        "gen",
        "maj",
        "lic",
        "licda",
        "dipl",
        "mag",
        "hr",
        "fr",
        "exc",
    ]
)
_MANY_SPELLINGS = {
    "mhmd": re.compile(r"^(mohd|muh?|mo?u?h?a?m+[aeou]d|mehmed|mamadou|mamadu)$"),
    "iusuf": re.compile(r"^(y|j)(o|ou|u)s+[eiu]f$"),
    "husain": re.compile(r"^h(u|o|ou)s+[ae]?[iy]n$|^houcine$|^huseyin$"),
    "ahmd": re.compile(r"^ahm[ae][dt]$"),
    "ibrahim": re.compile(r"^[ei]?brahim$"),
    "halid": re.compile(r"^kh?al[ei]d$"),
    "osman": re.compile(r"^(o|u|ou)(s|th)man[ei]?$"),
    "umar": re.compile(r"^(o|u|ou)m[ae]r$"),
}
"""Names written in so many ways that letters do not tell; the key stands for all of them."""
_ABD = re.compile(r"^abd[aeiou]?[lr]?(?=[a-z]{3})")
_FOREIGN = re.compile(r"[\u0590-\u06ff]")
_INITIAL_WORTH = 0.8
_LOOSE = 0.84
_LONG = 5
_SIEVE, _BARE_SIEVE = 55, 60
"""Of 100: what the sieve lets through; far below anything that is taken for one name."""


def fold(text: str) -> str:
    """Return a text in plain lower-case Latin letters, punctuation turned to single spaces.

    Accents fall, other scripts are transliterated letter by letter (Arabic without its unwritten
    vowels and its article). Blank or wordless text gives "".
    """
    plain = fold_script(text)
    if plain.isascii():
        return plain
    spelt = anyascii(
        " ".join(map(lookup_form, plain.replace("ու", "u").replace("ου", "u").split()))
    )
    # A mark of breath or softness, as in Harut’yunyan or Natal’ya, does not part a word.
    return fold_script(spelt.replace("'", "").replace("`", ""))


def name_key(name: str) -> str:
    """Return the same key for the same name in any order, case, accent and with any title."""
    return " ".join(sorted(_name_words(name)))


def likeness(left: str, right: str) -> float:
    """Return how alike two names of people are.

    Returns
    -------
    likeness : in [0, 1], symmetric; 0 where either is blank
        1 is the same words in any order. Initials and spellings count for less than whole words;
        words that only one name has (a second surname, a middle name) cost little, words that
        contradict each other cost much.
    """
    one, other = sorted((left, right))
    return _likeness(one, other)


def shares_a_word(left: str, right: str) -> bool:
    """Whether one whole word of two names of people is the same, initials and titles apart."""
    mixed = bool(_FOREIGN.search(left)) != bool(_FOREIGN.search(right))
    common = set(_compared(left, mixed=mixed)) & set(_compared(right, mixed=mixed))
    return any(len(word) > 1 for word in common)


def worth_comparing(name: str, names: Sequence[str]) -> list[int]:
    """Return the places of names that are a little alike: who is left out cannot be `likeness`.

    A first sieve in compiled code, so that a whole roster is gone through in a millisecond.
    """
    is_foreign = bool(_FOREIGN.search(name))
    plain = {at: _key(each, mixed=False) for at, each in enumerate(names)}
    bare = {
        at: _key(each, mixed=True)
        for at, each in enumerate(names)
        if is_foreign != bool(_FOREIGN.search(each))
    }
    found = {
        at
        for mixed, keys, least in ((False, plain, _SIEVE), (True, bare, _BARE_SIEVE))
        for _, _, at in process.extract(
            _key(name, mixed=mixed),
            keys,
            scorer=fuzz.token_set_ratio,
            score_cutoff=least,
            limit=None,
        )
    }
    return sorted(found)


def _key(name: str, *, mixed: bool) -> str:
    return " ".join(_compared(name, mixed=mixed))


def is_same_person(left: str, right: str) -> bool:
    """Whether two names can be one person's; a blank name is nobody's."""
    return likeness(left, right) >= SAME_FROM


@lru_cache(maxsize=4096)
def _likeness(left: str, right: str) -> float:
    mixed = bool(_FOREIGN.search(left)) != bool(_FOREIGN.search(right))
    first, second = _compared(left, mixed=mixed), _compared(right, mixed=mixed)
    alike = _words_alike(first, second)
    glued = _compared(left, mixed=mixed, glued=True), _compared(right, mixed=mixed, glued=True)
    return alike if glued == (first, second) else max(alike, _words_alike(*glued))


def _words_alike(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    if not first or not second:
        return 0.0
    shorter, longer = sorted((first, second), key=lambda words: (len(words), words))
    pairs = _pair(shorter, longer)
    whole = sum(1 for word, _, worth in pairs if worth > 0 and len(word) > 1)
    matched = sum(worth for _, _, worth in pairs)
    if not whole or (len(longer) > 1 and len(shorter) == 1):
        return 0.5 * matched / len(longer)
    missed = len(shorter) - sum(1 for _, _, worth in pairs if worth > 0)
    spare = len(longer) - len(shorter)
    return max(0.0, (matched - 0.5 * missed) / (len(shorter) + 0.05 * spare))


def _pair(shorter: tuple[str, ...], longer: tuple[str, ...]) -> list[tuple[str, str, float]]:
    """Give each word of the shorter name its best free partner, surest pairs first."""
    offers = sorted(
        ((_worth(a, b), i, j) for i, a in enumerate(shorter) for j, b in enumerate(longer)),
        key=lambda offer: (-offer[0], offer[1:]),
    )
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    pairs: list[tuple[str, str, float]] = []
    for worth, i, j in offers:
        if worth > 0 and i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append((min(shorter[i], longer[j], key=len), longer[j], worth))
    return pairs


def _worth(left: str, right: str) -> float:
    if left == right:
        return 1.0
    if 1 in (len(left), len(right)):
        return _INITIAL_WORTH if left[0] == right[0] else 0.0
    if min(len(left), len(right)) < _LONG:
        return 0.0
    ratio = fuzz.ratio(left, right) / 100
    return ratio if ratio >= _LOOSE else 0.0


def _name_words(name: str, *, glued: bool = False) -> list[str]:
    """Return the words of a name, without titles and particles.

    Parameters
    ----------
    glued : particles are written onto the word after them: Ben Ali as Benali
    """
    words = fold(name).split()
    kept = [word for word in words if word not in _TITLES] if len(words) > 1 else words
    plain = [word for word in kept if word not in _PARTICLES]
    if not plain:
        return kept
    return _glued(kept) if glued else _glued(plain, frozenset({"abd"}))


def _glued(words: list[str], before: frozenset[str] = _PARTICLES | {"abd"}) -> list[str]:
    """Write some words onto those that follow them."""
    found, held = [], ""
    for word in words:
        held += word
        if word not in before:
            found.append(held)
            held = ""
    return [*found, held] if held else found


@lru_cache(maxsize=1 << 14)
def _sound(word: str) -> str:
    """Level the habits of transliteration: Mueller and Müller, Youssef and Yusuf."""
    known = _known_name(word)
    if known:
        return known
    for written, heard in (
        ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ae", "a"), ("oe", "o"), ("ue", "u"),
        ("ph", "f"), ("ks", "x"), ("kh", "h"), ("dj", "j"), ("y", "i"), ("w", "v"),
    ):  # fmt: skip
        word = word.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(maxsize=1 << 14)
def _skeleton(word: str) -> str:
    """Return the consonants, those alike that Arabic, Persian and Hebrew spell by turns."""
    word = _known_name(word) or word
    for written, heard in (
        ("kh", "k"), ("ch", "s"), ("sh", "s"), ("gh", "j"), ("dj", "j"), ("dh", "d"), ("th", "t"),
        ("ph", "f"), ("c", "k"), ("q", "k"), ("g", "j"), ("z", "d"), ("p", "b"),
    ):  # fmt: skip
        word = word.replace(written, heard)
    bare = re.sub(r"[aeiouvwy]|(?<=.)h", "", word)
    return re.sub(r"(.)\1+", r"\1", bare) or word


def _known_name(word: str) -> str:
    for heard, spellings in _MANY_SPELLINGS.items():
        if spellings.match(word):
            return heard
    return "abd" + word[found.end() :] if (found := _ABD.match(word)) else ""


@lru_cache(maxsize=1 << 14)
def _compared(name: str, *, mixed: bool, glued: bool = False) -> tuple[str, ...]:
    # Arabic and Hebrew leave vowels unwritten: beside them only consonants are compared.
    level = _skeleton if mixed else _sound
    return tuple(level(word) for word in _name_words(name, glued=glued))


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded in their own script, in order."""
    return fold_words(text)
