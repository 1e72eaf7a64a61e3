"""Write the evaluation set of invented people: CV files, their true values and their traps.

``python -m tests.roster.ingest.unseen.make_unseen`` reads ``sources/*.cv`` and writes the files of
this directory, ``truth.jsonl`` and ``traps.jsonl``. Each source holds several CVs, written by hand:
a head of true values, a line ``---`` and the body in a small markup or in the format itself.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.roster.ingest.unseen import writers

HERE = Path(__file__).resolve().parent
LADDER = ("A1", "A2", "B1", "B2", "C1", "C2")
Record = dict[str, object]


@dataclass
class Source:
    """One CV as its author wrote it."""

    file: str
    head: list[tuple[str, str]]
    body: str = ""
    lines: list[str] = field(default_factory=list)

    def all(self, key: str) -> list[str]:
        """Return every value of a key, in order."""
        return [value for name, value in self.head if name == key]

    def one(self, key: str) -> str | None:
        """Return the value of a key, or None where the head does not give it."""
        return next(iter(self.all(key)), None) or None

    def many(self, key: str, mark: str = ",") -> list[str]:
        """Return the parts of a value that lists several."""
        return [part.strip() for part in (self.one(key) or "").split(mark) if part.strip()]


def read_sources(path: Path) -> list[Source]:
    """Return the CVs of one source file."""
    found: list[Source] = []
    in_head = False
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("=== "):
            found.append(Source(line[4:].strip(), []))
            in_head = True
        elif in_head and line == "---":
            in_head = False
        elif in_head:
            key, _, value = line.partition(" ")
            found[-1].head.append((key, value.strip()))
        else:
            found[-1].lines.append(line)
    for source in found:
        source.body = "\n".join(source.lines).strip("\n") + "\n"
    return found


def language(line: str) -> Record:
    """Return a language of the truth from ``code basis words``.

    Raises
    ------
    ValueError
        The basis is none of those the set uses.
    """
    code, basis, *rest = line.split(" ", 2)
    said = rest[0] if rest else ""
    if basis == "native":
        return _language(code, said, "NATIVE", ("NATIVE", "NATIVE"), "mother tongue")
    if basis in {"grid", "scale1", "scale5"}:
        return _grid(code, basis, said)
    if basis == "none":
        return _language(code, said, None, (None, None), "words")
    level, _, words = said.partition(" ")
    at = LADDER.index(level)
    if basis == "word":
        near = (LADDER[max(at - 1, 0)], LADDER[min(at + 1, 5)])
        return _language(code, words, level, near, "words")
    if basis in {"cefr", "cert"}:
        shown = words or level
        return _language(
            code, shown, level, (level, level), "CEFR" if basis == "cefr" else "certificate"
        )
    raise ValueError(f"{line!r}: unknown basis {basis!r}")


def _grid(code: str, basis: str, said: str) -> Record:
    cells = [cell.strip() for cell in said.split("/")]
    if basis == "grid":
        ranks = sorted(LADDER.index(cell.upper()) for cell in cells)
        name = "CEFR"
    else:
        best_first = basis == "scale1"
        ranks = sorted(5 - int(c) if best_first else int(c) - 1 for c in cells)
        name = "scale, 1 = best" if best_first else "scale, 5 = best"
    top = 5 if basis != "grid" and ranks[-1] == 4 else ranks[-1]
    ends = (LADDER[ranks[0]], LADDER[top])
    return _language(code, said, LADDER[ranks[(len(ranks) - 1) // 2]], ends, name)


def _language(
    code: str, said: str, level: str | None, ends: tuple[str | None, str | None], basis: str
) -> Record:
    return {
        "iso639_1": code,
        "stated": said,
        "cefr_equivalent": level,
        "cefr_min": ends[0],
        "cefr_max": ends[1],
        "level_basis": basis,
    }


def mission(line: str) -> Record:
    """Return a mission of the truth from ``CC 2016-2018``, ``CC 2016`` or ``CC 2016-``."""
    country, _, years = line.partition(" ")
    first, dash, last = years.partition("-")
    end = int(last) if last else (None if dash else int(first))
    return {"country": country, "from_year": int(first), "to_year": end}


def _post(line: str | None) -> tuple[str | None, str | None]:
    position, _, employer = (line or "").partition("|")
    return position.strip() or None, employer.strip() or None


def truth(source: Source) -> Record:
    """Return the line of ``truth.jsonl`` for a CV."""
    position, employer = _post(source.one("latest"))
    born, first = source.one("born"), source.one("first")
    return {
        "file": source.file,
        "group": source.one("group"),
        "format": source.file.rpartition(".")[2],
        "doc_language": source.one("doc"),
        "full_name": source.one("name"),
        "email": source.one("email"),
        "email_alternatives": source.many("emails"),
        "nationalities": source.many("nat"),
        "birth_year": int(born) if born else None,
        "languages": [language(line) for line in source.all("lang")],
        "countries_worked": sorted(source.many("work")),
        "countries_optional": sorted(source.many("opt")),
        "latest_position": position,
        "latest_employer": employer,
        "latest_alternatives": [
            dict(zip(("position", "employer"), _post(line), strict=True))
            for line in source.all("alt")
        ],
        "years_first_job": int(first) if first else None,
        "education_highest_level": source.one("edu"),
        "topics": source.many("topics", ";"),
        "missions": [mission(line) for line in source.all("mission")],
        "unscored": source.many("unscored"),
    }


def traps(source: Source) -> Record:
    """Return the line of ``traps.jsonl`` for a CV."""
    return {
        "file": source.file,
        "other_names": source.many("othername", ";"),
        "other_emails": source.many("otheremail"),
        "countries_mentioned_only": sorted(source.many("mention")),
    }


def main(only: list[str], here: Path = HERE) -> None:
    """Write the files named, or all, and always the truth of all."""
    sources = [
        one for path in sorted((here / "sources").glob("*.cv")) for one in read_sources(path)
    ]
    for source in sources:
        if not only or source.file in only:
            writers.write(here / source.file, source.one("how") or "raw", source.body)
    for name, record in (("truth.jsonl", truth), ("traps.jsonl", traps)):
        lines = [json.dumps(record(one), ensure_ascii=False) for one in sources]
        (here / name).write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
