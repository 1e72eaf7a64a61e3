"""Count what reading got right and wrong against the true values of the unseen set."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from rapidfuzz import fuzz

Record = dict[str, object]

RULES = """Rules
- name: the same words in any order, without accents, case, titles or marks; none more, none less.
- email: equal without case; another of the person's own addresses also counts.
- nationalities, languages: sets of codes (fa = prs, tl = fil, ak = tw, sr = bs = hr = cnr).
- language level: within the range the truth defends; native also as C2; of languages not found the
  level is missed; levels the CV does not give are left out.
- countries worked: set of codes of posts, missions and experience; `countries_optional` is neutral.
- latest position, employer: the newest post; token_set_ratio >= 80 without accents and case, or the
  same against an accepted alternative; fields the truth calls unscored are left out.
- first year of work: the earliest start of a post or a mission, equal.
- education: the highest level read, equal.
- missions: country and first year stand in a mission, a post or an experience; recall only.
- precision: right / read; recall: right / in the truth; F1 with a 95 % interval by drawing
  files again (Wilson where all is right); fewer than 30 true values: too few."""

FIELDS = (
    "full_name",
    "email",
    "nationalities",
    "birth_year",
    "languages",
    "language_level",
    "countries_worked",
    "latest_position",
    "latest_employer",
    "years_first_job",
    "education_highest_level",
    "missions",
    "doc_language",
)
_SAME = {"prs": "fa", "fil": "tl", "tw": "ak", "cnr": "sr", "bs": "sr", "hr": "sr", "sh": "sr"}
_TITLES = frozenset({"avv", "dr", "ing", "iur", "mag", "mr", "mrs", "ms", "msc", "phd", "prof"})
_LADDER = ("A1", "A2", "B1", "B2", "C1", "C2", "NATIVE")
_CLOSE = 80


@dataclass(frozen=True)
class Count:
    """Of one field of one file: values right, values read, values in the truth; and what missed."""

    right: int
    read: int
    true: int
    note: str = ""


@dataclass(frozen=True)
class Sure:
    """One value that was read, how sure the reader was, and whether it is right."""

    field: str
    confidence: float
    right: bool


def half(file: str) -> str:
    """Return ``tune`` or ``held_out``: by a hash of the name, the same for ever."""
    return "tune" if hashlib.sha256(file.encode()).digest()[0] % 2 else "held_out"


def fold(text: object) -> str:
    """Return a text without accents, case and marks."""
    letters = unicodedata.normalize("NFKD", str(text)).casefold()
    plain = (c for c in letters if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def same_name(read: object, true: object) -> bool:
    """Say whether two names have the same words."""
    one, two = (sorted(set(fold(name).split()) - _TITLES) for name in (read, true))
    return one == two


def close(read: object, true: object) -> bool:
    """Say whether two titles or organisations are the same by the fuzzy rule."""
    return fuzz.token_set_ratio(fold(read), fold(true)) >= _CLOSE


def _texts(values: object) -> list[str]:
    return [str(value) for value in cast(list[object], values or [])]


def _records(values: object) -> list[Record]:
    return cast(list[Record], values or [])


def _codes(values: Iterable[object]) -> set[str]:
    return {_code(value) for value in values}


def _code(value: object) -> str:
    return _SAME.get(str(value), str(value))


def _one(read: object, true: object, same: Callable[[object, object], bool]) -> Count:
    is_right = read is not None and true is not None and same(read, true)
    note = "" if is_right or (read is None and true is None) else f"read {read!r}, true {true!r}"
    return Count(int(is_right), int(read is not None), int(true is not None), note)


def _many(read: set[str], true: set[str]) -> Count:
    missed, extra = sorted(true - read), sorted(read - true)
    note = f"missed {missed}, extra {extra}" if missed or extra else ""
    return Count(len(read & true), len(read), len(true), note)


def countries(summary: Record) -> set[str]:
    """Return the codes of the countries where work was read."""
    return {str(stay["code"]) for stay in _records(summary["countries"])}


def latest(summary: Record) -> Record:
    """Return the newest post that was read, or an empty record."""
    return next(iter(_records(summary["posts"])), {})


def first_year(summary: Record) -> int | None:
    """Return the earliest year in which a post or a mission began."""
    starts = [one["from"] for key in ("posts", "missions") for one in _records(summary[key])]
    return min((int(str(start)[:4]) for start in starts if start), default=None)


def highest(summary: Record) -> str | None:
    """Return the name of the highest level of education that was read."""
    levels = [(int(str(one["level"])), one["level_name"]) for one in _degrees(summary)]
    return str(max(levels)[1]) if levels else None


def _degrees(summary: Record) -> Iterator[Record]:
    return (one for one in _records(summary["education"]) if one["level"])


def right_level(read: object, true: Record) -> bool:
    """Say whether a level lies in the range that the truth defends."""
    level = str(read).upper()
    if true["cefr_equivalent"] == "NATIVE":
        return level in {"NATIVE", "C2"}
    low, high = (_LADDER.index(str(true[end])) for end in ("cefr_min", "cefr_max"))
    return level in _LADDER and low <= min(_LADDER.index(level), 5) <= high


def _levels(summary: Record, truth: Record) -> Count:
    read = {_code(one["code"]): one["cefr"] for one in _records(summary["languages"])}
    scored = [one for one in _records(truth["languages"]) if one["cefr_equivalent"]]
    wrong, right, given = [], 0, 0
    for one in scored:
        level = read.get(_code(one["iso639_1"]))
        given += level is not None
        if level is not None and right_level(level, one):
            right += 1
        else:
            wrong.append(f"{one['iso639_1']}: read {level}, true {one['cefr_equivalent']}")
    return Count(right, given, len(scored), "; ".join(wrong))


def _missions(summary: Record, truth: Record) -> Count:
    stays = {(s["code"], str(s["from"] or "")[:4]) for s in _records(summary["countries"])}
    true = {(m["country"], str(m["from_year"])) for m in _records(truth["missions"])}
    missed = sorted(f"{country} {year}" for country, year in true - stays)
    right = len(true & stays)
    return Count(right, right, len(true), f"missed {missed}" if missed else "")


def _accepted(truth: Record, part: str) -> list[object]:
    wanted = [truth[f"latest_{part}"]]
    wanted += [other[part] for other in _records(truth["latest_alternatives"])]
    return [value for value in wanted if value]


def _fuzzy(read: object, accepted: list[object]) -> Count:
    hit = next((value for value in accepted if read and close(read, value)), None)
    true = hit or next(iter(accepted), None)
    return _one(read or None, true, close)


def count(summary: Record, truth: Record) -> dict[str, Count]:
    """Return the counts of every scored field of one file."""
    emails = {str(truth["email"]).casefold()} | {
        m.casefold() for m in _texts(truth["email_alternatives"])
    }
    optional = set(_texts(truth["countries_optional"]))
    post = latest(summary)
    counts = {
        "full_name": _one(summary["full_name"], truth["full_name"], same_name),
        "email": _one(summary["email"], truth["email"], lambda a, _: str(a).casefold() in emails),
        "nationalities": _many(
            set(_texts(summary["nationalities"])), set(_texts(truth["nationalities"]))
        ),
        "birth_year": _one(summary["birth_year"], truth["birth_year"], lambda a, b: a == b),
        "languages": _many(
            _codes(one["code"] for one in _records(summary["languages"])),
            _codes(one["iso639_1"] for one in _records(truth["languages"])),
        ),
        "language_level": _levels(summary, truth),
        "countries_worked": _many(
            countries(summary) - optional, set(_texts(truth["countries_worked"]))
        ),
        "latest_position": _fuzzy(post.get("position"), _accepted(truth, "position")),
        "latest_employer": _fuzzy(post.get("employer"), _accepted(truth, "employer")),
        "years_first_job": _one(first_year(summary), truth["years_first_job"], lambda a, b: a == b),
        "education_highest_level": _one(
            highest(summary), truth["education_highest_level"], lambda a, b: a == b
        ),
        "missions": _missions(summary, truth),
        "doc_language": _one(
            summary["document_language"], truth["doc_language"], lambda a, b: a == b
        ),
    }
    return {field: n for field, n in counts.items() if field not in _texts(truth["unscored"])}


def sure(summary: Record, truth: Record) -> list[Sure]:
    """Return every value read that the truth can judge, with its confidence."""
    found: list[Sure] = []
    for fact in _records(summary["facts"]):
        kind, value = str(fact["kind"]), cast(Record, fact["value"])
        judged = _judge(kind, value, truth)
        if judged is not None:
            found.append(Sure(kind, float(str(fact["confidence"])), judged))
    return found + _sure_countries(summary, truth) + _sure_post(summary, truth)


def _judge(kind: str, value: Record, truth: Record) -> bool | None:
    if kind == "name":
        return same_name(value["display"], truth["full_name"])
    if kind == "email":
        own = [truth["email"], *_texts(truth["email_alternatives"])]
        return str(value["value"]).casefold() in {str(one).casefold() for one in own}
    if kind == "birth_year":
        return value["year"] == truth["birth_year"]
    if kind == "nationality":
        return value["country"] in _texts(truth["nationalities"])
    if kind == "language":
        return _judge_language(value, truth)
    return None


def _judge_language(value: Record, truth: Record) -> bool:
    """Judge a language with its level, where both sides give one."""
    code = _code(value["language"])
    true = next((o for o in _records(truth["languages"]) if _code(o["iso639_1"]) == code), None)
    if true is None or not true["cefr_equivalent"] or value.get("level") is None:
        return true is not None
    return right_level(value["level"], true)


def _sure_countries(summary: Record, truth: Record) -> list[Sure]:
    """Return each country once, as sure as its surest evidence; neutral ones are left out."""
    best: dict[str, float] = {}
    for fact in _records(summary["facts"]):
        value = cast(Record, fact["value"])
        if fact["kind"] not in {"post", "mission", "country"}:
            continue
        codes = _texts(value.get("countries")) or [str(value.get("country") or "")]
        for code in filter(None, codes):
            best[code] = max(best.get(code, 0.0), float(str(fact["confidence"])))
    neutral, true = _texts(truth["countries_optional"]), _texts(truth["countries_worked"])
    return [Sure("country", c, code in true) for code, c in best.items() if code not in neutral]


def _sure_post(summary: Record, truth: Record) -> list[Sure]:
    """Return the newest post: both of its parts must be right where both are scored."""
    post = latest(summary)
    if not post or any(str(f).startswith("latest") for f in _texts(truth["unscored"])):
        return []
    parts = [_fuzzy(post.get(p), _accepted(truth, p)) for p in ("position", "employer")]
    wanted = ("title", "employer", "country")
    shown = (post["position"], post["employer"], post["country"])
    for fact in _records(summary["facts"]):
        value = cast(Record, fact["value"])
        if fact["kind"] == "post" and tuple(value.get(key) for key in wanted) == shown:
            right = all(part.right for part in parts)
            return [Sure("latest_post", float(str(fact["confidence"])), right)]
    return []


def fallen(summary: Record, traps: Record) -> list[str]:
    """Return the traps this reading fell into."""
    found = [
        f"name {summary['full_name']}"
        for other in _texts(traps["other_names"])
        if same_name(summary["full_name"], other)
    ]
    others = {mail.casefold() for mail in _texts(traps["other_emails"])}
    if str(summary["email"]).casefold() in others:
        found.append(f"email {summary['email']}")
    worked = countries(summary)
    return found + [
        f"country {c}" for c in _texts(traps["countries_mentioned_only"]) if c in worked
    ]
