"""For which countries or body a letter asks; countries named as examples are told apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from roster.ingest.letters.authority import ASKS, Authority, is_eu_side
from roster.ingest.letters.parts import Letter
from roster.ingest.letters.window import choose_window
from roster.ingest.wording.lines import Piece
from roster.ingest.wording.plain import plain
from roster.ingest.wording.prefixes import without_prefixes
from roster.reference import bodies, countries
from roster.reference.countries import CITY, DEMONYM
from roster.reference.towns import country_of_town
from roster.vocabulary import AdministrationKind

_EXAMPLE = re.compile(
    r"(?<!\w)(?:as (?:in|done (?:in|by))|such as|like|e\.g\.|for example|for instance|"
    r"experiences? of|"
    r"experiences? from|example of|lessons? from|practices? (?:of|from|in)|model of|modelled on|"
    r"(?:officials?|experts?|colleagues?|peers?|practitioners?) (?:from|of)|visit(?:s|ed)? to|"
    r"from|via|live in|living in|work(?:ing)? in|crossing points? with|farms of|mines of|"
    r"coming (?:from|back from)|routes? (?:from|to)|in transit (?:from|through)|"
    r"refugees? (?:from|of)|"
    r"through|towards?|nationals? of|citizens? of|migrants? (?:from|in|to)|neighbou?r\w*|"
    r"border\w* with|"
    r"returned from|returnees? from|agreements? with|cooperation with|together with|alongside|"
    r"comme (?:au|en|aux|le|la|l'|celle|celui)|a l'instar d\w+|l?'?experiences? d\w+|"
    r"l?'?exemple d\w+|"
    r"pratiques d\w+|modele d\w+|expert\w* (?:d\w+|venu\w*)|tel(?:le)?s? que|par exemple|"
    r"en provenance d\w+|notamment (?:au|en|aux)|y compris en|venu\w* d\w+|vivent (?:a|en|au)|"
    r"postes? frontieres? avec|refugies? d\w+|partir pour|travers|par (?:le|la|les)|"
    r"ressortissants? d\w+|originaires? d\w+|vers|depuis|frontieres? avec|accords? avec|"
    r"como (?:en|el|la|no|na|em|o|a)\b|experiencias? (?:de|del|do|da)|ejemplo de\w*|exemplo d\w+|"
    r"expert[oa]s? de\w*|perit[oa]s? de\w*|tales como|tais como|por ejemplo|por exemplo|"
    r"procedentes? de|"
    r"provenientes? d\w+|nacionales de|hacia|desde|para (?:a )?europa|frontera con|fronteira com|"
    r"wie (?:in|etwa|zum beispiel)|zum beispiel|erfahrung(?:en)? (?:aus|von|der)|nach dem vorbild|"
    r"aus|come (?:in|nel|il|la)|esperienz[ae] d\w+|esempio d\w+|provenienti d\w+|verso|"
    r"مثل|تجربة|خبرة)(?: (?:the|le|la|les|el|los|las|o|a|os|as|republic of|der|die|den|il|"
    r"l'))*[^,.;:()]{0,30}$"
)
_INTERESTED = re.compile(
    r"(?:is|are|would be|serait|est|sera|seria|es|e|waere|ware|"
    r"sarebbe) (?:also )?(?:of )?(?:particular )?"
    r"(?:interest|useful|relevant|utile|interessante?|interes\w*|de interes|de interesse)"
)
_OURS = re.compile(
    r"(?<!\w)(?:our (?:country|nation|citizens|nationals|compatriots|government|authorities|police|"
    r"officials|workers)|notre (?:pays|gouvernement)|nos (?:compatriotes|citoyens|autorites)|"
    r"nuestro (?:pais|gobierno)|nuestros (?:ciudadanos|compatriotas)|"
    r"(?:o )?nosso (?:pais|governo)|nossos (?:cidadaos|compatriotas)|unser(?:em|es)? land|"
    r"il nostro (?:paese|governo)|بلدنا|بلادنا)(?!\w)"
)
_JOINT = re.compile(
    r"(?<!\w)(?:joint\w*|together|both (?:our )?(?:countries|governments)|conjoint\w*|ensemble|"
    r"nos deux pays|conjunt\w+|amb[oa]s (?:paises|gobiernos|governos)|gemeinsam\w*|congiunt\w+)"
)
_OF_LANGUAGES = re.compile(
    r"(?<!\w)(?:(?:working )?languages?|langues?|idiomas?|lenguas?|linguas?|lingu[ae]|\w*sprachen?)"
    r"(?!\w)"
)
"""A line on languages at the end of a form: "o inglês" in it is no country."""
_IN_TOWN = re.compile(
    r"(?<!\w)(?:in|at|à|en|em|au|aux|a)\s+([^\W\d_a-zà-ÿ][\w'’-]{3,}(?: [^\W\d_a-zà-ÿ][\w'’-]+)?)"
)
_FORMAL = {
    "المملكة المغربية": "MA",
    "الجمهورية التونسية": "TN",
    "الجمهورية الجزائرية": "DZ",
    "المملكة الأردنية": "JO",
    "الجمهورية اللبنانية": "LB",
    "الجمهورية العربية السورية": "SY",
    "الجمهورية اليمنية": "YE",
    "الجمهورية الإسلامية الموريتانية": "MR",
    "المملكة العربية السعودية": "SA",
    "الدولة الليبية": "LY",
}
"""States by their adjective, as Arabic letterheads write them."""

Found = tuple[str, Piece, str]


def find_regional_body(letter: Letter, authority: Authority | None) -> tuple[str, Piece] | None:
    """Return the regional body that asks, if one does."""
    places = [authority.where, *authority.askers] if authority is not None else []
    places = [Piece(one.start, one.end, letter.flow[one.start : one.end]) for one in places]
    if authority is None or authority.kind is AdministrationKind.REGIONAL_BODY:
        places += [line.piece for line in (*letter.head, *letter.foot)]
    elif authority.kind is not AdministrationKind.OTHER:
        return None
    for piece in places:
        for mention in bodies.find_bodies(piece.text):
            if mention.body != bodies.EU and not is_eu_side(piece.text):
                return mention.body, piece.within(mention.start, mention.end)
    return None


_WHO = (
    r"(?:persons?|people|migrants?|refugees?|nationals|workers|children|families|displaced|returnees|"
    r"personnes?|refugies?|ressortissants?|enfants|familles|travailleurs|"
    r"personas?|poblacion|refugiad[oa]s?|nin[oa]s|familias?|trabajador[ae]s|"
    r"pessoas?|populacao|criancas|trabalhador[ae]s|menschen|fluchtlinge\w*|familien|persone|rifugiati)"
)
_SERVED_BEFORE = re.compile(rf"(?<!\w){_WHO} $")
_SERVED = re.compile(rf"\w* {_WHO}(?!\w)")
_LESS = 0.25
"""Weight of where people come from whom a letter is about, against other places."""


def find_beneficiaries(
    letter: Letter,
    authority: Authority | None,
    language: str | None,
    *,
    regional: bool,
    today: date | None = None,
) -> list[tuple[str, Piece, float]]:
    """Return the countries that would benefit, each with its place and how sure that is.

    The country in the name of whoever asks settles it; failing that letterhead and signature,
    then what the letter calls its own, then the countries of the sentences that ask. A capital
    counts only where no country is named: that of the letterhead, else the one where the work is.

    Parameters
    ----------
    letter : taken apart
    authority : who asks
    language : of the letter
    regional : whether a regional body asks; then only the countries of its subject count
    today : decides who is a Member State of the European Union, and so lends rather than asks
    """
    finder = _Finder(letter, authority, language, today)
    if regional:
        return _first(finder.of(_subject(letter)), 0.7)
    tiers = (
        (finder.of(finder.askers()), 0.93),
        (finder.named_on(letter), 0.9),
        (finder.own(), 0.8),
        (finder.weighed(), 0.7),
        (finder.cities(letter), 0.55),
        (finder.towns(), 0.5),
    )
    for found, confidence in tiers:
        if found:
            return _first([*found, *finder.joint(found)], confidence)
    return []


def _first(found: list[Found], confidence: float) -> list[tuple[str, Piece, float]]:
    places: dict[str, Piece] = {}
    for code, where, _ in found:
        places.setdefault(code, where)
    return [(code, where, confidence) for code, where in places.items()]


def _subject(letter: Letter) -> list[Piece]:
    return [letter.subject] if letter.subject is not None else []


class _Finder:
    """Finds countries in the parts of one letter."""

    def __init__(
        self, letter: Letter, authority: Authority | None, language: str | None, today: date | None
    ) -> None:
        self.letter = letter
        self.authority = authority
        self.language = language
        self.lenders = frozenset(bodies.members(bodies.EU, today or date.max))
        window = choose_window(letter.sentences, language, today)
        self.when = window[1] if window is not None else None

    def mentions(self, piece: Piece) -> Iterator[Found]:
        """Yield every country a piece names, with the kind of mention."""
        for formal, code in _FORMAL.items():
            at = piece.text.find(formal)
            if at >= 0:
                yield code, piece.within(at, at + len(formal)), "name"
        words = without_prefixes(piece.text, self.language)
        for one in countries.find_countries(words, self.language):
            yield one.code, piece.within(one.start, one.end), one.kind

    def of(self, pieces: list[Piece]) -> list[Found]:
        """Return the countries in names of bodies; an adjective counts, a town does not."""
        return [
            found
            for piece in pieces
            for found in self.mentions(piece)
            if found[2] != CITY and not is_eu_side(piece.text)
        ]

    def askers(self) -> list[Piece]:
        if self.authority is None:
            return self._governments()
        return [*self.authority.askers, *self._governments()]

    def _governments(self) -> list[Piece]:
        """Return "the Government of X" where it is the one who asks."""
        pattern = re.compile(
            r"(?:^|[,.;] ?|behalf of |nom d\w+ |nombre d\w+ |nome d\w+ )(?:\S{1,3}[ '])?"
            r"(?:governments?|gouvernements?|gobiernos?|governos?|governo|regierung\w*|republic|"
            r"republique|republica|republik|kingdom|royaume|reino|حكومة|جمهورية)\b[^,.;]{2,60}"
        )
        found = []
        for sentence in self.letter.body:
            low = plain(sentence.text)
            for one in pattern.finditer(low) if ASKS.search(low) else ():
                part = sentence.within(one.start(), one.end())
                cut = ASKS.search(plain(part.text))
                found.append(part.within(0, cut.start()) if cut else part)
        return found

    def named_on(self, letter: Letter) -> list[Found]:
        """Return the countries printed in letterhead, sender line and signature."""
        lines = [line.piece for line in (*letter.head, *letter.foot) if len(line.text) < 90]
        lines += [letter.sender] if letter.sender is not None else []
        lines = [one for one in lines if not _OF_LANGUAGES.search(plain(one.text))]
        return [one for one in self.of(lines) if one[0] not in self.lenders]

    def own(self) -> list[Found]:
        """Return the countries named beside "our country", or by town in such a letter."""
        found: list[Found] = []
        for sentence in self.letter.sentences:
            low = plain(sentence.text)
            for ours in _OURS.finditer(low):
                near = sentence.within(ours.end(), min(len(low), ours.end() + 25))
                found += [
                    one
                    for one in self.mentions(near)
                    if re.fullmatch(
                        r"[\s,(]*(?:the |le |la |l'|el |o |a )?",
                        plain(near.text)[: one[1].start - near.start],
                    )
                ]
        return found

    def weighed(self) -> list[Found]:
        """Return the countries of the sentences that ask, leaving out examples and routes."""
        scores: dict[str, float] = defaultdict(float)
        places: dict[str, Found] = {}
        for sentence in self.letter.sentences:
            is_venue = self._holds_window(sentence)
            asks = sentence is self.letter.subject or bool(ASKS.search(plain(sentence.text)))
            asks = asks or is_venue
            for found in self.mentions(sentence):
                code, where, kind = found
                start, end = where.start - sentence.start, where.end - sentence.start
                if code in self.lenders:
                    continue
                if is_example(self._without_window(sentence), start, end):
                    scores[code] -= 1.0
                    continue
                weight = (1.2 if asks else 0.6) * (1.0 if is_venue or kind != CITY else 0.5)
                scores[code] += weight * (
                    _LESS if kind == DEMONYM and _are_served(sentence, where) else 1
                )
                places.setdefault(code, found)
        for code, _, _ in self.cities(self.letter):
            scores[code] += 1.0 if code in places else 0.0
        best = max((scores[code] for code in places), default=0.0)
        chosen = [places[code] for code in places if scores[code] >= max(1.0, 0.6 * best)]
        lone = [places[code] for code in places if scores[code] > 0]
        return chosen or (lone if len(lone) == 1 and not self.cities(self.letter) else [])

    def _holds_window(self, sentence: Piece) -> bool:
        """Whether a sentence says when the work is to be: a place in it is where."""
        return self.when is not None and sentence.start <= self.when.start < sentence.end

    def _without_window(self, sentence: Piece) -> str:
        """Return a sentence with stops for its days: what "from 3 to 14 May" opens ends there."""
        if self.when is None or not self._holds_window(sentence):
            return sentence.text
        start, end = self.when.start - sentence.start, self.when.end - sentence.start
        return f"{sentence.text[:start]}{'.' * (end - start)}{sentence.text[end:]}"

    def cities(self, letter: Letter) -> list[Found]:
        """Return the capitals of letterhead, date line and signature."""
        lines = [line.piece for line in (*letter.head, *letter.foot) if len(line.text) < 90]
        lines += [one for one in (letter.sender,) if one is not None]
        return [
            one
            for piece in lines
            for one in self.mentions(piece)
            if one[0] not in self.lenders and one[2] == CITY and not is_eu_side(piece.text)
        ]

    def towns(self) -> list[Found]:
        """Return the one capital of the subject, else the one that the body names most."""
        letter = self.letter
        for pieces in (_subject(letter), letter.body):
            named = [
                one
                for piece in pieces
                for one in self.mentions(piece)
                if one[0] not in self.lenders
                and one[2] == CITY
                and not is_eu_side(piece.text)
                and not is_example(piece.text, one[1].start - piece.start, one[1].end - piece.start)
            ]
            if pieces is letter.body:
                named += self._smaller_towns()
            counts = Counter(code for code, _, _ in named).most_common(2)
            if counts and (len(counts) == 1 or counts[0][1] > counts[1][1]):
                return [one for one in named if one[0] == counts[0][0]]
        return []

    def _smaller_towns(self) -> Iterator[Found]:
        """Yield the towns of one country behind a word for "in" or "at", lenders' left out."""
        for piece in self.letter.body:
            for one in _IN_TOWN.finditer(piece.text):
                code = country_of_town(one.group(1))
                if code is None or code in self.lenders:
                    continue
                if not is_example(piece.text, one.start(1), one.end(1)):
                    yield code, piece.within(one.start(1), one.end(1)), CITY

    def joint(self, known: list[Found]) -> list[Found]:
        """Return the partners of a joint request: named with the known one where it is said."""
        codes = {code for code, _, _ in known}
        added: list[Found] = []
        for sentence in self.letter.sentences:
            low = plain(sentence.text)
            if not (_JOINT.search(low) and ASKS.search(low)):
                continue
            named = [
                one
                for one in self.mentions(sentence)
                if one[2] not in {CITY, DEMONYM}
                and one[0] not in self.lenders
                and not is_example(
                    sentence.text, one[1].start - sentence.start, one[1].end - sentence.start
                )
            ]
            if codes & {code for code, _, _ in named}:
                added += named
        return added


def _are_served(sentence: Piece, where: Piece) -> bool:
    """Whether an adjective tells of people who came: "población venezolana", "Syrian refugees"."""
    low = plain(sentence.text)
    before = low[: where.start - sentence.start]
    return bool(_SERVED_BEFORE.search(before) or _SERVED.match(low[where.end - sentence.start :]))


def is_example(sentence: str, start: int, end: int) -> bool:
    """Whether a country named at a place of a sentence is an example, a partner, or a route."""
    low = plain(sentence)
    if _EXAMPLE.search(low[max(0, start - 90) : start]):
        return True
    return bool(_INTERESTED.search(low[end : end + 60]))
