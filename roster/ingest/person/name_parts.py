"""A printed name taken apart: what is title, what given and what family name."""

from __future__ import annotations

import re

from roster.ingest.wording.phrases import load_patterns
from roster.ingest.wording.plain import plain
from roster.naming import fold
from roster.read import Name
from roster.reference.people import is_family, is_given, is_iberian

_TITLES = re.compile(
    r"^(?:(?:(?:mr|mrs|ms|miss|mx|dr|dra|drs|prof|m|mme|mlle|mag|mgr|ing|dipl|sr|sra|srta|bc|"
    r"dott(?:\.ssa)?|herr|frau|hr|fru|sig(?:ra|\.ra)?|eng|doc|hon|iur|rer|oec|col|cmdt|cdt|maj|gen|lic|licda|lt|"
    r"capt|arq|adv|esc|mgter|rndr|phdr|judr|mudr|paeddr|h\.?e|s\.?e|ir|dna?|don|dona|doña|pan|pani|"
    r"dl|d-na|д-р|проф|г-н|г-жа|د|أ|م)\.?|dipl\.-\w+\.?|professor|doctor|monsieur|madame|"
    r"mademoiselle|señora?|senhora?|signora?|الدكتورة?|الاستاذة?|الأستاذة?|السيدة?|الآنسة)"
    r"(?: |(?<=\.))(?:et )?)+",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:personal information|informations? personnelles?|informacion personal|"
    r"informac(?:ao|oes) pessoa(?:l|is)|informazioni personali|angaben zur person|"
    r"informatii personale|dane osobowe|personal details|personal data|contacts?)\s+(?=\w)|"
    r"(?:curriculum vitae|curriculum|cv|c\.v\.?|resume|lebenslauf|hoja de vida|profile?|profil|"
    r"zivotopis|expert)\s*(?:(?:of|de|du|d'|di|von|do|da|del|della|for|pour|para|al|lui)\s*(?=\s|\w)|"
    r"[:\-|]\s*)(?:(?:the )?expert\s*:?\s*)?)"
)
_RANK = re.compile(
    r"(?:(?:colonn?ell?o?|coronel|oberst\w*|pulkownik|podpulkownik|polkovnik|capit(?:ano|aine|an|ao)|"
    r"hauptmann|kapit[aä]n|captain|maggiore|major|commandant[e]?|comandante|lieutenant|tenente|"
    r"teniente|leutnant|generale?|commissa(?:ire|rio)|comisari[oa]|comisar|komisarz?|inspecteur|"
    r"inspecteure|inspector[a]?|ispettore|inspetor[a]?|adjudant|sergent[e]?|sargento|sergeant|"
    r"brigadiere?|maresciallo|contr[oô]leur|sub-?lieutenant|sous-lieutenant|chief|superintendent|"
    r"полковник|підполковник|подполковник|маи?ор|капитан|капітан|العقيد|العميد|الرائد|النقيب)"
    r"(?:[- ](?=\S)|$))+"
)
_LATIN_WORDS = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’.-]*,?")
_OTHER_WORDS = re.compile(r"[\u0370-\u03ff\u0400-\u052f\u0590-\u06ff]{2,}")
_WORDS = load_patterns("name_words")
_POST_NOMINALS = frozenset(_WORDS["post_nominals"].split("|"))
_SHORT_POST_NOMINALS = frozenset({"ma", "ba", "md", "dr", "bl", "jd", "med", "maj", "ing", "mag"})
_MARRIED = re.compile(
    r"(?<!\w)(?:epouse|epse|ep\.|nee?|geb\.?|geborene|verh\.?|de casada|in|z domu|"
    r"maiden name)\s+",
    re.IGNORECASE,
)
PARTICLES = frozenset(_WORDS["particles"].split("|"))
_LOWERED = frozenset(_WORDS["lowered"].split("|"))
_PATRONYMIC = re.compile(
    r"(?:ович|евич|ич|овна|евна|ична|івна|ївна|йович|ovich|evich|ovych|yovych|ovna|evna|ivna|"
    r"kyzy|uulu|qizi|oglu|oğlu|қызы|ұлы|кызы|оглы)$"
)
_FAMILY_FIRST = frozenset({"hu", "vi", "zh", "ja", "ko", "km"})
_IBERIAN = frozenset({"es", "pt", "gl", "ca"})


def bare_name(text: str) -> str:
    """Return a name without titles, degrees, brackets and words like "CV of" around it."""
    low = plain(text)
    lead = _LEAD.match(low)
    words = text[lead.end() if lead else 0 :]
    words = re.sub(r"\([^()]*\)|[\"„“«][^\"“”»]{1,20}[\"“”»]", " ", words)
    words = _TITLES.sub("", " ".join(_of_one_script(words).split())).strip(" ,;:|–-")
    return _unmarried(_without_post_nominals(_without_rank(words)))


def _of_one_script(text: str) -> str:
    """Keep the Latin spelling of a name that is printed in two alphabets."""
    latin = " ".join(_LATIN_WORDS.findall(text))
    others = _OTHER_WORDS.findall(text)
    return latin if len(others) > 1 and len(latin.split()) > 1 else text


def _without_rank(text: str) -> str:
    """Drop a rank and what belongs to it, where a known given name follows."""
    rank = _RANK.match(plain(text))
    if rank is None:
        return text
    words = text[rank.end() :].split()
    while words and (not words[0][:1].isupper() or words[0].endswith(".") or _is_corps(words[0])):
        words.pop(0)
    return " ".join(words) if len(words) > 1 and any(map(is_given, words)) else text


def _is_corps(word: str) -> bool:
    return word.isupper() and len(word) < 5 and not is_given(word) and not is_family(word)


def _without_post_nominals(text: str) -> str:
    head, *rest = [part.strip() for part in text.split(",")]
    while rest and all(_is_post_nominal(word, by_comma=True) for word in rest[-1].split()):
        rest.pop()
    if not rest:
        words = head.split()
        while len(words) > 2 and _is_post_nominal(words[-1], by_comma=False):
            words.pop()
        return " ".join(words)
    return ", ".join([head, *rest])


def _is_post_nominal(word: str, *, by_comma: bool) -> bool:
    bare = word.replace(".", "").replace("(Hons)", "").lower()
    if bare in _SHORT_POST_NOMINALS and not by_comma:
        return "." in word
    return bare in _POST_NOMINALS


def split_name(
    text: str, mail: str | None, *, family_first: bool | None = None, language: str | None = None
) -> Name:
    """Tell given from family name.

    Parameters
    ----------
    text : the name as printed
    mail : an address that may be the person's ("given.family@...")
    family_first : the order that the label before the name announces, where it does
    language : ISO 639-1 of the document, which has its own habits

    Returns
    -------
    name : by a comma, by capitals, by the label, by patronymic, by the address, by words known as
        names, else by the habit of the language
    """
    bare = bare_name(text)
    if "," in bare:
        family, given = (part.strip() for part in bare.split(",", 1))
        return _name(given, family)
    words = bare.split()
    if len(words) < 2:
        return _name("", bare) if words else Name(text.strip())
    capitals = [_is_capitals(word) for word in words]
    if any(capitals) and not all(capitals[at] or _is_particle(w) for at, w in enumerate(words)):
        return _by_capitals(words, capitals)
    turned = family_first
    if turned is None:
        turned = _is_turned(words, mail, language)
    return _turned(words, language) if turned else _straight(words, language)


def _unmarried(text: str) -> str:
    """Drop words like "épouse" between two family names."""
    low = plain(text)
    kept, at = "", 0
    for found in _MARRIED.finditer(low):
        if found.start() > 0:
            kept += text[at : found.start()]
            at = found.end()
    return kept + text[at:]


def _is_particle(word: str) -> bool:
    return word.lower() in PARTICLES


def _is_capitals(word: str) -> bool:
    word = re.sub(r"^(?:Mc|Mac|De|Di|Le|La|Van)(?=[^\W\d_]{3})", "", word)
    letters = [letter for letter in word.rpartition("'")[2] if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def _by_capitals(words: list[str], capitals: list[bool]) -> Name:
    in_family = list(capitals)
    for at in range(len(words) - 2, -1, -1):
        if _is_particle(words[at]) and in_family[at + 1] and not capitals[at]:
            in_family[at] = True
    family = [word for word, kept in zip(words, in_family, strict=True) if kept]
    given = [word for word, kept in zip(words, in_family, strict=True) if not kept]
    if not given:
        given, family = family[:1], family[1:]
    return _name(" ".join(given), " ".join(family))


def _is_turned(words: list[str], mail: str | None, language: str | None) -> bool:
    """Whether the family name comes first."""
    patronymic = next((at for at, w in enumerate(words) if _PATRONYMIC.search(w.lower())), None)
    if patronymic is not None and len(words) == 3 and patronymic > 0:
        return patronymic == 2
    if mail and (by_mail := _turned_by_mail(words, mail)) is not None:
        return by_mail
    first, last = words[0], words[-1]
    if _is_particle(first) and is_given(last):
        return True
    if is_given(last) and not is_given(first):
        return is_family(first) or language in _FAMILY_FIRST or len(words) == 2
    if language in _FAMILY_FIRST:
        return not (is_given(first) and not is_given(last))
    return is_family(first) and is_given(last)


def _turned_by_mail(words: list[str], mail: str) -> bool | None:
    """Compare with an address "given.family"; None where it tells nothing."""
    parts = [part for part in re.split(r"[._-]", mail.partition("@")[0].lower()) if part]
    if len(parts) < 2:
        return None
    first, last = (fold(word).replace(" ", "") for word in (words[0], words[-1]))
    front = fold(" ".join(words[:-1])).replace(" ", "")
    if parts[0] == last and (first.startswith(parts[-1][:3]) or front == parts[-1]):
        return not is_given(words[0]) or is_given(words[-1])
    if len(parts[0]) == 1 and parts[-1] == first and last.startswith(parts[0]):
        return not is_given(words[0])
    if parts[0] == first and parts[-1] == last:
        return False if not (is_given(last) and is_family(first)) else None
    return None


def _turned(words: list[str], language: str | None) -> Name:
    """Cut "Family … Given …": the given names are the known ones at the end."""
    cut = len(words)
    while cut > 1 and (is_given(words[cut - 1]) or _PATRONYMIC.search(words[cut - 1].lower())):
        cut -= 1
    if cut == len(words):
        start = 1
        while start < len(words) - 1 and _is_particle(words[start - 1]):
            start += 1
        cut = max(start, 2) if len(words) > 3 and language in _IBERIAN else start
    if all(_is_particle(word) for word in words[:cut]):
        cut = min(cut + 1, len(words) - 1)
    return _name(" ".join(words[cut:]), " ".join(words[:cut]))


def _straight(words: list[str], language: str | None) -> Name:
    """Cut "Given … Family …": before a particle, else where the known given names end."""
    particle = next(
        (at for at, word in enumerate(words[1:-1], 1) if _is_particle(word)), len(words) - 1
    )
    if not _is_iberian(words, language):
        if _is_particle(words[particle]) and particle > 1 and not is_given(words[particle - 1]):
            return _cut(words, particle)
        return _cut(words, particle)
    known = 1
    while known < len(words) - 1 and is_given(words[known]) and not _is_particle(words[known]):
        known += 1
    if known < len(words) - 2 and _is_particle(words[known]) and is_given(words[known + 1]):
        known += 2  # "María del Carmen"
    names = sum(not _is_particle(word) for word in words)
    if known == 1 and names > 3 and not is_family(words[1]) and not _is_particle(words[1]):
        known = 2
    return _cut(words, min(known, len(words) - 1))


def _is_iberian(words: list[str], language: str | None) -> bool:
    names = [word for word in words if not _is_particle(word)]
    if len(names) < 3:
        return False
    both = is_iberian(names[-1]) and is_iberian(names[-2])
    return both or (language in _IBERIAN and (is_iberian(names[-1]) or is_iberian(names[-2])))


def _cut(words: list[str], at: int) -> Name:
    return _name(" ".join(words[:at]), " ".join(words[at:]))


def _name(given: str, family: str) -> Name:
    given, family = proper(given), proper(family, is_family=True)
    return Name(f"{given} {family}".strip(), given or None, family or None)


def proper(text: str, *, is_family: bool = False) -> str:
    """Return a name in usual case: words in capitals are lowered, others stay as printed.

    Particles in capitals become small in a family name of several words.
    """
    words = [_proper_word(word) for word in text.split()]
    if is_family and text.isupper() and len(words) > 1:
        words = [word.lower() if word.lower() in _LOWERED else word for word in words]
        words = [re.sub(r"^D'(?=\w)", "d'", word) for word in words]
    return " ".join(words)


def _proper_word(word: str) -> str:
    letters = [letter for letter in word if letter.isalpha()]
    if len(letters) < 2 or not all(letter.isupper() for letter in letters[-2:]):
        return word
    if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?", word):
        return word
    return re.sub(
        r"[^\W\d_]+",
        lambda found: (
            found.group()
            if found.group().islower()
            else found.group()[0] + found.group()[1:].lower()
        ),
        word,
    )
