"""Which country's service somebody stands in: that of her office, her address or her own people.

A country that she was sent to, worked with, studied in or speaks the language of is none; in doubt
the country is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from py3langid.langid import classify

from matching import relations
from roster.ingest.wording.plain import plain
from roster.reference import countries
from roster.reference.administrations import employer_kind, kind_of
from roster.reference.countries import CITY, DEMONYM, NAME, CountryMention
from roster.reference.provinces import find_provinces
from roster.reference.towns import country_of_town

HEAD_LINES = 6
"""Lines of the beginning among which a country may stand apart from its office."""
_MOST_OF_AN_ADDRESS = 9
"""Words of a line that may say where somebody lives or serves, and nothing else."""
_PARTS = re.compile(r"\s*[,;|•·()،؛/]\s*|\s+[–—-]+\s+|:\s+|\.\s+|\t+|\s{2,}")
_WORDS_BEFORE = 2
_REACH = 5
"""Parts away from its office in which a country still tells where that is."""
_MAIL = re.compile(r"(?:@|www\.)[\w.-]+\.([a-z]{2})(?![\w.-]*\w)", re.IGNORECASE)
_TONGUES = re.compile(
    r"(?<!\w)(?:langu|lengua|idiom|\w*sprach|lingu|jezyk|jazyk|limb[ai]|talen|sprak|kiele|kalbos|"
    r"γλωσσ|язык|мови|езици|اللغ|speaks?|parle|habl[ao]|fala\b|parla\b|spricht|spreche|vorbe)"
)
_AWAY = re.compile(
    r"(?<!\w)(?:missions?|missionen|missioni|misiones|missoes|misiuni|misje|einsatz\w*|visit\w*|"
    r"besuch\w*|twinning|jumel\w+|hermana\w+|gemina\w+|gemellag\w+|train(?:ing|ed|er)\w*|"
    r"formation|formacion|formac\w+|formazione|schulung\w*|szkole\w+|seminar\w*|seminaire|workshop\w*|"
    r"atelier|taller|conferenc\w*|conferenz\w*|konferenc\w*|cooperat\w+|coopera[ct]\w+|"
    r"cooperazione|zusammenarbeit|abroad|a l'etranger|extranjero|"
    r"(?<!servicio )(?<!servico )exterior|estrangeiro|estero|"
    r"buitenland|ausland\w*|zagranic\w*|zahranic\w*|strainatate|utomlands|wyjazd\w*|deplacement\w*|"
    r"advis\w+|assist[ae]n\w+|asesor\w+|assessor\w+|apoyo|apoio|appui|expertise|experto en|"
    r"expert en mission|echange|intercambi\w+|scambi\w+|austausch\w*|exchange|recu[es]?|received|"
    r"invit\w+|second(?:ed|ment)|detach\w*|detacad\w*|entsandt|abgeordnet|distaccat\w*|delegowan\w*|"
    r"post(?:ed|ing) (?:to|in|at)|embass\w+|consul(?!ar)\w+|ambass?ad\w+|embaja\w+|embaix\w+|"
    r"botschaft\w*|generalkonsul\w*|konsul(?!ar)\w*|liaison|enlace|verbindungs\w+|stages?|studi\w+|estud\w+|etudes|"
    r"diplom\w*|degree|universi\w+|master\w*|laurea|licenci\w+|magist\w+|erasmus|born in|nee? a|"
    r"nacid\w+ en|nascid\w+ em|geboren in)(?!\w)"
)
"""What is not where somebody serves: missions, partners, posts abroad, studies."""
_CASES = re.compile(
    r"(?<!\w)(?:files?|cases?|refugees?|migrants?|nationals?|returnees?|dossiers?|refugies?|"
    r"ressortissants?|expedientes?|refugiad[oa]s?|retornad[oa]s?|processos?|akten|verfahren|"
    r"fluchtling\w*|pratiche|rifugiati|cittadini) (?:from|of|d[eu]l?|des|d'|aus|dal?l?a?)"
)
"""Whom an office serves or decides on; where they are from is not its country."""
_NATIONAL = re.compile(
    r"(?<!\w)(?:nationalit|nacionalid|staatsang|nazionalit|cittadinanz|nationaliteit|narodowosc|"
    r"obywatel|cetatenie|nationality|citizen|ithageneia|ιθαγ|υπηκο|гражданств|الجنسية)"
)
_WRITTEN_ABROAD = frozenset({"en", "fr", "ar", "ru"})
"""Languages that many write a CV in who serve a country of another one."""
_LANDS = {
    "it": "IT", "pl": "PL", "cs": "CZ", "sk": "SK", "hu": "HU", "bg": "BG", "hr": "HR", "sl": "SI",
    "lt": "LT", "lv": "LV", "et": "EE", "fi": "FI", "sv": "SE", "da": "DK", "mt": "MT",
    "tr": "TR", "uk": "UA", "ka": "GE", "hy": "AM", "mk": "MK",
}  # fmt: skip
"""The one country whose officials write their CVs in a language."""
_OF_STATE = {
    **dict.fromkeys(("BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"), "FR"),
    "AX": "FI",
}
"""Territories with a code of their own whose offices are those of a Member State."""


def home_of(
    segments: Sequence[str], at: int, words: str, origins: Sequence[str] = ()
) -> str | None:
    """Return the country that an office named in a CV serves, None where nothing tells it for sure.

    Parameters
    ----------
    segments : lines and sentences of the CV that are not past
    at : the one that names the office
    words : all of the CV
    origins : countries the person may be from, surest first
    """
    language = str(classify(words[:2000])[0]) if words.strip() else None
    for code, is_sure in _candidates(segments, at, words, origins):
        if is_sure or _fits(code, language):
            return _OF_STATE.get(code, code)
    return _LANDS.get(language or "")


def is_written_in_the_union(words: str, day: date) -> bool:
    """Whether only Member States work in the language of a CV, so that its offices are theirs."""
    language = str(classify(words[:2000])[0]) if words.strip() else ""
    lands = [code for code in countries.codes() if language in relations.official_languages(code)]
    return bool(lands) and all(relations.is_eu_member(code, day) for code in lands)


def _candidates(
    segments: Sequence[str], at: int, words: str, origins: Sequence[str]
) -> Iterator[tuple[str, bool]]:
    """Yield countries, surest first, and whether no language of the CV can speak against them."""
    for line in segments[:HEAD_LINES]:
        said = _NATIONAL.search(plain(line))
        if said and len(line.split()) <= _MOST_OF_AN_ADDRESS:
            # "Born in Asmara (Eritrea), Swedish citizen": the one beside the word.
            named = countries.find_countries(line)
            for one in sorted(named, key=lambda one: _apart(one, said))[:1]:
                yield one.code, True
    for code in origins[:1]:
        yield code, True
    near = [code for code in (_land_beside(segments[at]),) if code]
    near += _lands_of_head(segments[:HEAD_LINES], at)
    for code in near:
        yield code, False
    mailed = _country_of_mail(words)
    if mailed:
        yield mailed, False


def _apart(one: CountryMention, word: re.Match[str]) -> int:
    """Return how many characters stand between a country and a word."""
    return max(word.start() - one.end, one.start - word.end(), 0)


def _fits(code: str, language: str | None) -> bool:
    """Whether a CV in a language may be of an official of a country."""
    if language is None or language in _WRITTEN_ABROAD:
        return True
    return language in relations.official_languages(code) or not _is_official(language)


def _is_official(language: str) -> bool:
    return any(language in relations.official_languages(code) for code in countries.codes())


# --- Where a country stands -----------------------------------------------------------------------


def _parts(segment: str) -> list[tuple[int, str]]:
    """Return the parts of a segment with their places, up to what is away from the office."""
    parts: list[tuple[int, str]] = []
    start = 0
    edges = [(one.start(), one.end()) for one in _PARTS.finditer(segment)]
    for left, right in [*edges, (len(segment), len(segment))]:
        part = segment[start:left]
        if parts and _AWAY.search(plain(part)) and not _is_office(part):
            break
        if part.strip():
            parts.append((start, part))
        start = right
    return parts


def _is_office(part: str) -> bool:
    return kind_of(part) is not None or employer_kind(part, None, None) is not None


def _land_beside(segment: str) -> str | None:
    """Return the country named in or beside the office of a segment, the nearest part first.

    In one part a name or a capital counts before the adjective of an office, this before a town
    that stands alone; a part that names several countries tells of none. What follows missions or
    partners is not read.
    """
    parts = _parts(segment)
    own = next((at for at, (_, part) in enumerate(parts) if _is_office(part)), 0)
    near = sorted(range(len(parts)), key=lambda at: (abs(at - own), at < own))
    for at in near:
        start, part = parts[at]
        code = _land_in(start, part) if abs(at - own) <= _REACH else None
        if code is not None:
            return code
    return None


def _land_in(start: int, part: str) -> str | None:
    low = plain(part)
    if _TONGUES.search(low):
        return None
    found = [
        one
        for one in countries.find_countries(part)
        if not (_AWAY.search(low[: one.start]) or _CASES.search(low[: one.start]))
    ]
    named = [one for one in found if one.kind in {CITY, NAME} and part[one.start].isupper()]
    if named:
        return named[0].code if len({one.code for one in named}) == 1 else None
    regions = {one.key for one in find_provinces(part) if not _AWAY.search(low[: one.start])}
    if regions:
        return regions.pop() if len(regions) == 1 else None
    adjectives = [one for one in found if one.kind == DEMONYM and _is_of_office(start, part, one)]
    if adjectives:
        return adjectives[0].code
    # What a line begins with is a title or a name: "Officer" is a town, too.
    return (_town(part) if start else None) or _town_of(part)


def _is_of_office(start: int, part: str, one: CountryMention) -> bool:
    """Whether an adjective tells of an office or of the person, not of the people served.

    Without a capital it counts near the beginning of a part only ("Office français de
    protection"), or between commas ("Ana Silva, mozambicana, es jefa").
    """
    if part[one.start].isupper():
        return True
    before = part[: one.start]
    alone = not before.strip() and not part[one.end :].strip()
    if alone:
        return start > 0
    return before.replace(" ", "").isalpha() and len(before.split()) <= _WORDS_BEFORE


_IN_TOWN = re.compile(
    r"^(?:in|at|en|a|à|em|no|na|w|we|ve|v|la|te|i|στην|στη|στο|на|в|في)\s+", re.IGNORECASE
)


def _town(part: str) -> str | None:
    """Return the country of a part that is nothing but the name of a town."""
    name = _IN_TOWN.sub("", part.strip(" .;,\"'«»")).strip()
    if not name[:1].isupper() and name[:1].isascii():
        return None
    return None if not name or _is_office(name) else country_of_town(name)


_OF_TOWN = re.compile(
    r"(?<!\w)(?:ajuntament|ayuntamiento|municip\w+|mairie|ville|metropole|stadt|landeshauptstadt|"
    r"gemeente|comune|city|council|camara|prefeitura|prefecture|prefettura|questura|jefatura|"
    r"comisaria|primaria|urzad|miasto|kommun\w*|office|police|port|puerto|porto|airport|aeropuerto|"
    r"aeroporto|aeroport|hafen|provincia|province|county|region\w*|tribunal|court|delegacion|"
    r"subdelegacion|direction|directia|inspec\w+|ispettorato|inspet\w+)(?!\w)"
)
"""Offices that stand before the name of their town."""
_LAST_NAME = re.compile(r"(?:\s|['’])([^\W\d_a-zà-ÿ][\w'’-]+(?: [^\W\d_a-zà-ÿ][\w'’-]+)?)\W*$")


def _town_of(part: str) -> str | None:
    """Return the country of the town that ends the name of an office."""
    last = _LAST_NAME.search(part)
    if last is None or not _OF_TOWN.search(plain(part[: last.start()])):
        return None
    return country_of_town(last.group(1))


def _lands_of_head(head: Sequence[str], at: int) -> list[str]:
    """Return the countries of the short lines of the beginning, the nearest to the office first."""
    found = []
    for near in sorted(range(len(head)), key=lambda other: (other > at, abs(other - at))):
        low = plain(head[near])
        if near == at or _TONGUES.search(low) or _AWAY.search(low):
            continue
        if len(low.split()) <= _MOST_OF_AN_ADDRESS or any(
            map(_is_office, _PARTS.split(head[near]))
        ):
            code = _land_beside(head[near])
            found += [code] if code else []
    return found


def _country_of_mail(words: str) -> str | None:
    """Return the country at the end of an address of mail or of a page."""
    for one in _MAIL.finditer(words):
        code = one.group(1).upper()
        code = "GB" if code == "UK" else code
        if countries.is_country(code):
            return code
    return None
