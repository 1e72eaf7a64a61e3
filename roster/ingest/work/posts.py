"""Posts and missions: which entry of work is which, for whom, where and when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from rapidfuzz import fuzz

from roster.dates import Period
from roster.ingest.forms.eu import note_newest_row
from roster.ingest.sheet import Sheet
from roster.ingest.wording.headings import SectionKind
from roster.ingest.wording.lines import Piece, parts_of
from roster.ingest.wording.plain import plain
from roster.ingest.wording.titles import is_employer, is_title, split_client, without_place
from roster.ingest.work.employers import discipline_of, kind_of_staff
from roster.ingest.work.employment import Stay, read_stays, undated_stay, unheaded_stays
from roster.ingest.work.mission_lines import deed_of, read_mission_lines
from roster.ingest.work.periods import days_in, find_periods
from roster.ingest.work.prose import told_stays
from roster.naming import fold
from roster.read import CountryExperience, Headline, Mission, Post, ProposedFact
from roster.reference import bodies, countries
from roster.vocabulary import AdministrationKind, ExpertKind, FactKind

MISSION_MONTHS = 30
"""A stay abroad in a project form up to this length is a mission; a longer one is a post."""
SAME_NAME = 82.0
PROJECT_FORMS = frozenset({"eu-external-action"})
_INTERN = re.compile(
    r"(?<!\w)(?:intern(?:ship)?|trainee(?:ship)?|stagiaire|stage|becari[oa]|practicante|practicas|"
    r"pasant[ei]a?|estagi\w+|praktik\w+|hospitant\w*|referendar\w*|tirocin\w+|stagista|stajyer|"
    r"stazyst\w*|staz|стажер\w*|متدرب|stagiar\w*|bluebook|blue book)(?!\w)"
)
_SEATLESS = frozenset({AdministrationKind.DEVELOPMENT, AdministrationKind.REGIONAL_BODY})
_SENT = re.compile(
    r"(?<!\w)(?:embass\w+|ambass?a\w+|embaja\w+|embaixa\w+|botschaft|ambasciat\w+|consul\w+|konsul\w+|"
    r"representation|representacion|representacao|vertretung|rappresentanza|посольств\w+|سفارة)"
)
_LABELLED_COUNTRY = re.compile(
    r"[\s|,]*\b(?:country|pays|pa[ií]s|paese|land|kraj)\s*:\s*", re.IGNORECASE
)
_SHORT_WORK = (
    "consult",
    "expert",
    "volont",
    "volunt",
    "perit",
    "short-term",
    "court terme",
    "medium-term",
    "team leader",
    "chef de mission",
    "mission",
    "trainer",
    "formateur",
)


def read_work(sheet: Sheet, today: date) -> list[Stay]:
    """Note down posts, missions, countries worked in and the headline; return the entries read.

    Parameters
    ----------
    sheet : the CV, whose nationalities have been read
    today : the day of reading, for what goes on
    """
    told = read_mission_lines(sheet)
    stays = [stay for stay in read_stays(sheet, SectionKind.POSTS) if stay.where.start not in told]
    stays = stays or [stay for stay in unheaded_stays(sheet) if stay.where.start not in told]
    stays = stays or told_stays(sheet)
    home = _home(sheet, stays)
    for stay in stays:
        if sheet.form in PROJECT_FORMS and _is_mission(sheet, stay, home, today):
            _note_mission(sheet, stay)
        else:
            _note_post(sheet, stay)
    _present_position(sheet, stays)
    if sheet.form in PROJECT_FORMS:
        note_newest_row(sheet, stays)
    missions = read_stays(sheet, SectionKind.MISSIONS)
    for stay in missions:
        if stay.where.start not in told:
            _note_mission(sheet, stay)
    _undated_post(sheet)
    _countries(sheet)
    return [*stays, *missions]


def _home(sheet: Sheet, stays: Iterable[Stay]) -> frozenset[str]:
    """Countries where the person is at home: nationality, else where most years were worked."""
    nationalities = {
        fact.value.country
        for fact in sheet.facts
        if fact.kind is FactKind.NATIONALITY and hasattr(fact.value, "country")
    }
    if nationalities:
        return frozenset(str(code) for code in nationalities)
    counted = Counter(code for stay in stays for code in _codes(stay, sheet.language)[:1])
    return frozenset(code for code, _ in counted.most_common(1))


def _codes(stay: Stay, language: str | None) -> list[str]:
    """Countries of the place of work, in order; demonyms in a place are no place."""
    for piece in (stay.country, stay.place):
        if piece is None:
            continue
        mentions = countries.find_countries(piece.text, language)
        found = [mention.code for mention in mentions if mention.kind in {"name", "city"}]
        if not found and stay.country is piece:
            code = countries.code_for(piece.text)
            found = [code] if code else []
        if found:
            return list(dict.fromkeys(found))
    return []


def _seat(stay: Stay, language: str | None) -> list[str]:
    """Return the country that the name of a public or international body says: "IOM Tunis".

    An embassy that names one country names the sender.
    """
    if stay.employer is None:
        return []
    name = stay.employer.text
    kind, staff = discipline_of(name), kind_of_staff(name, None, None)
    international = staff is ExpertKind.INTERNATIONAL_ORGANISATION
    if kind in _SEATLESS or not (kind is not None or international):
        return []
    mentions = [
        mention
        for mention in countries.find_countries(name, language)
        if mention.kind in {"name", "city"}
    ]
    if not mentions or (_SENT.search(plain(name)) and len({one.code for one in mentions}) < 2):
        return []
    return [mentions[-1].code]


def _is_mission(sheet: Sheet, stay: Stay, home: frozenset[str], today: date) -> bool:
    where = _codes(stay, sheet.language)
    abroad = bool(where) and not home.intersection(where)
    title = plain(stay.title.text) if stay.title is not None else ""
    short_work = any(word in title for word in _SHORT_WORK)
    if stay.days is not None:
        return abroad or short_work
    months = stay.period.months(today)
    return abroad and (short_work or (months is not None and months <= MISSION_MONTHS))


def _note_post(sheet: Sheet, stay: Stay) -> None:
    if stay.title is None and stay.employer is None:
        return
    employer = _flat(stay.employer)
    codes = _codes(stay, sheet.language) or _seat(stay, sheet.language)
    name, _, _ = split_client(employer) if employer else (None, None, None)
    kind = discipline_of(name) if name else None
    on = stay.period.end or stay.period.start
    post = Post(
        title=_flat(stay.title),
        employer=name,
        administration=kind,
        employer_kind=kind_of_staff(
            name, codes[0] if codes else None, on.last_day if on is not None else None
        )
        if name
        else None,
        country=codes[0] if codes else None,
        place=_LABELLED_COUNTRY.sub(", ", stay.place.text)[:120] if stay.place else None,
        duties=stay.duties.text[:2000] if stay.duties is not None else None,
    )
    confidence, doubt = _trust(stay, post)
    period = _in_order(stay.period)
    sheet.note(FactKind.POST, post, _head(stay), confidence, period=period, doubt=doubt)


def _flat(piece: Piece | None) -> str | None:
    """Return words printed over several lines in one."""
    if piece is None:
        return None
    lines = [" ".join(line.split()) for line in piece.text.replace("⏎", "\n").splitlines()]
    return ", ".join(line.rstrip(" ,") for line in lines if line)


def _head(stay: Stay) -> Piece:
    """Return the part of an entry that shows it: all but long duties."""
    if stay.duties is None or stay.duties.start <= stay.where.start:
        return stay.where
    return stay.where.within(0, max(1, stay.duties.start - stay.where.start))


def _trust(stay: Stay, post: Post) -> tuple[float, str | None]:
    start, end = stay.period.start, stay.period.end
    if start is None and end is None and not stay.period.ongoing:
        return 0.6, "it has no dates"
    if start is not None and end is not None and end.last_day < start.first_day:
        return 0.5, "its end lies before its start"
    if stay.labelled:
        return (0.93, None) if post.title and post.employer else (0.75, "a part is missing")
    return _trust_of_words(stay, post)


def _trust_of_words(stay: Stay, post: Post) -> tuple[float, str | None]:
    """Return how sure an entry is whose parts no form named."""
    if _INTERN.search(plain(post.title or "")):
        return 0.7, "an internship"
    if stay.prose:
        return 0.7, "read in running text"
    if stay.inherited:
        return 0.75, "the employer stands above several titles"
    if not post.title or not post.employer:
        return 0.55, "a part is missing"
    if stay.sure:
        return 0.92, None
    return 0.6, "title and employer were told apart by their order"


def _in_order(period: Period) -> Period:
    """Return a period with its ends the right way round."""
    start, end = period.start, period.end
    if start is not None and end is not None and end.last_day < start.first_day:
        return Period(end, start)
    return period


def _note_mission(sheet: Sheet, stay: Stay) -> None:
    codes = _mission_countries(sheet, stay)
    what, named_client = _what(stay, sheet.language)
    employer, inner_client, programme = (
        split_client(stay.employer.text) if stay.employer is not None else (None, None, None)
    )
    if not codes and (stay.period.start is None or not (stay.labelled or _region(stay))):
        return
    if stay.title is not None and sheet.form in PROJECT_FORMS:
        what = stay.title
    client = named_client or (stay.client.text if stay.client else inner_client or employer)
    if not stay.labelled and client is not None and not is_employer(client):
        client = None
    mission = Mission(
        what=" ".join(what.text.split())[:300],
        countries=tuple(codes),
        region=_region(stay) if not codes else None,
        for_whom=client,
        role=_role(stay, what),
        programme=programme,
        days=stay.days,
    )
    doubt = None if codes else "no country is named"
    confidence = 0.9 if stay.labelled and codes else 0.7 if codes else 0.5
    sheet.note(FactKind.MISSION, mission, _head(stay), confidence, period=stay.period, doubt=doubt)


def _role(stay: Stay, what: Piece) -> str | None:
    """Return the title held on a mission, unless it is what the mission is called by."""
    if stay.title is None or what is stay.title:
        return None
    return stay.title.text if stay.labelled or is_title(stay.title.text) else None


def _what(stay: Stay, language: str | None) -> tuple[Piece, str | None]:
    """Return the words that say what a mission was, and for whom where they stand before them."""
    if stay.labelled:
        return stay.project or stay.duties or stay.title or stay.where, None
    first = stay.where.within(0, (stay.where.text + "\n").index("\n"))
    spans = find_periods(first.text)
    if not spans:
        return deed_of(first, language)
    after = first.within(spans[0].end, len(first.text))
    return deed_of(after if after.text else first.within(0, spans[0].start), language)


def _mission_countries(sheet: Sheet, stay: Stay) -> list[str]:
    codes = _codes(stay, sheet.language)
    if codes or stay.labelled:
        return codes
    head = _head(stay)
    mentions = countries.find_countries(head.text[:200], sheet.language)
    return list(dict.fromkeys(each.code for each in mentions if each.kind in {"name", "city"}))


def _region(stay: Stay) -> str | None:
    for piece in (stay.country, stay.place):
        if piece is not None and piece.text:
            return piece.text
    mention = next(iter(bodies.find_bodies(stay.where.text[:200])), None)
    return stay.where.text[mention.start : mention.end] if mention else None


def _present_position(sheet: Sheet, stays: list[Stay]) -> None:
    """Note the present position down, unless an entry that goes on says the same."""
    for section in sheet.sections:
        if section.kind is not SectionKind.PRESENT or not section.pieces:
            continue
        piece = parts_of(section.pieces[0])[0]
        spans = find_periods(piece.text, sheet.language)
        words = piece.within(0, spans[0].start) if spans else piece
        words = words.within(0, len(words.text.rstrip(" (")))
        if not words.text or words.text in {"-", "n/a"}:
            return
        sheet.note(FactKind.HEADLINE, Headline(words.text), piece, 0.9)
        if any(_is_same(words.text, stay) for stay in stays if stay.period.ongoing):
            return
        title, employer = _split_position(words, sheet.language)
        period = spans[0].period if spans else Period(ongoing=True)
        _note_post(sheet, Stay(piece, period, title, employer))
        return


def _undated_post(sheet: Sheet) -> None:
    """Note the first entry of a section of work down where no post was read: it has no dates."""
    if any(fact.kind is FactKind.POST for fact in sheet.facts):
        return
    stay = undated_stay(sheet)
    if stay is not None:
        _note_post(sheet, stay)


def _is_same(words: str, stay: Stay) -> bool:
    own = [fold(piece.text) for piece in (stay.title, stay.employer) if piece is not None]
    return any(fuzz.partial_ratio(fold(words), each) >= SAME_NAME for each in own if len(each) > 4)


def _split_position(words: Piece, language: str | None) -> tuple[Piece, Piece | None]:
    for at, letter in enumerate(words.text):
        if letter in ",–" and is_employer(words.text[at + 1 :].split(",")[0]):
            employer, _ = without_place(words.within(at + 1, len(words.text)), language)
            return words.within(0, at), employer
    return words, None


def _countries(sheet: Sheet) -> None:
    """Note down countries of experience that no post or mission covers."""
    known = list(_known(sheet.facts))
    for section in sheet.sections:
        if section.kind is not SectionKind.COUNTRIES:
            continue
        for line in sheet.lines(SectionKind.COUNTRIES):
            _country_line(sheet, line.piece, line.cells, known)
        return


def _known(facts: Iterable[ProposedFact]) -> Iterable[tuple[str, Period]]:
    for fact in facts:
        if isinstance(fact.value, Post) and fact.value.country:
            yield fact.value.country, fact.period
        if isinstance(fact.value, Mission):
            for code in fact.value.countries:
                yield code, fact.period


def _country_line(
    sheet: Sheet, line: Piece, cells: tuple[Piece, ...], known: list[tuple[str, Period]]
) -> None:
    named = cells[0] if len(cells) > 1 else line
    mentions = countries.find_countries(named.text, sheet.language)
    places = [mention for mention in mentions if mention.kind == "name"]
    spans = find_periods(line.text, sheet.language)
    periods = [span.period for span in spans] or [Period()]
    for mention in places:
        where = named.within(mention.start, mention.end) if len(cells) < 2 else line
        for period in periods if len(places) == 1 else periods[:1]:
            if _covers(known, mention.code, period):
                continue
            sheet.note(
                FactKind.COUNTRY, CountryExperience(mention.code), where, 0.92, period=period
            )
    if not places and spans and len(cells) > 1:
        region = Mission(what=named.text, region=named.text, days=days_in(line.text))
        sheet.note(
            FactKind.MISSION, region, line, 0.7, period=periods[0], doubt="a region, no country"
        )


def _covers(known: Iterable[tuple[str, Period]], code: str, period: Period) -> bool:
    if period.start is None:
        return any(each == code for each, _ in known)
    last = period.end.last_day if period.end is not None else date.max
    return any(
        each == code and other.overlaps(period.start.first_day, last) for each, other in known
    )
