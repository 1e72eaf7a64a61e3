"""One line of an outside collection as a person: what is not given is read from the text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from uuid import NAMESPACE_OID, UUID, uuid5

from api.collections import terms
from api.collections.lines import Line
from roster.dates import Period
from roster.errors import FileRefused
from roster.ingest.languages.lines import headed_lists
from roster.ingest.profile import read_profile
from roster.ingest.reading import read_words
from roster.ingest.wording.lines import lines_of
from roster.projection import HeldFact, Standing, project
from roster.read import (
    ActivityExperience,
    CountryExperience,
    DocumentText,
    Evidence,
    ExpertView,
    ExtractedProfile,
    FactValue,
    LanguageSkill,
    Mission,
    Nationality,
    Post,
    ProposedFact,
    TopicExperience,
    Unavailability,
)
from roster.redaction import PrivateWords, without_private
from roster.reference import administrations
from roster.vocabulary import ExpertKind, ExpertStatus, FactKind, FactStatus, Origin

MOST_TEXT = 200_000
"""Characters of a text that are read for facts; the product keeps fewer than that of a CV."""
_PRIVATE = frozenset({FactKind.NAME, FactKind.EMAIL, FactKind.TELEPHONE, FactKind.BIRTH_YEAR})
_LISTED = {
    "nationality": FactKind.NATIONALITY,
    "languages": FactKind.LANGUAGE,
    "countries": FactKind.COUNTRY,
    "posts": FactKind.POST,
    "missions": FactKind.MISSION,
    "topics": FactKind.TOPIC,
    "activity_types": FactKind.ACTIVITY,
    "unavailable": FactKind.UNAVAILABILITY,
}
FIELDS = frozenset({"id", "text", "employer", "employer_kind", *_LISTED})
"""Fields of a line that are read."""
_GIVEN = Evidence(None, "", "given with the line", confirmed=True)
_CV_KINDS = frozenset({FactKind.POST, FactKind.MISSION, FactKind.EMAIL, FactKind.TELEPHONE})
"""What tells a CV: other writing has neither posts nor an address."""

Given = tuple[FactKind, FactValue, Period]


def expert_id(key: str) -> UUID:
    """Return the id that a key of a collection stands for."""
    return uuid5(NAMESPACE_OID, f"expert {key}")


def read_expert(line: Line, today: date) -> ExpertView:
    """Read a person.

    Raises
    ------
    InvalidInput
        A field has the wrong shape; names file, line and field.
    """
    key, words = line.key(), line.text()
    given = [fact for read in _READERS for fact in read(line)]
    for name in sorted(set(line.fields) - FIELDS):
        line.note(name[:40], "This field is not known; it is left out.")
    at = datetime.combine(today, time(), UTC)
    standing = Standing(
        id=expert_id(key),
        facility_id=UUID(int=0),
        origin=Origin.IMPORTED,
        status=ExpertStatus.ACTIVE,
        text=words[:MOST_TEXT],
    )
    document = _document(line, words)
    if document is None:
        return project(standing, _held(given, at))
    profile = read_profile(document, today)
    told = frozenset(kind for name, kind in _LISTED.items() if line.fields.get(name) is not None)
    read_facts = [
        _read_fact(fact, document, at)
        for fact in profile.facts
        if _counts(fact, profile, document) and not _is_said(fact, told, given)
    ]
    private = [
        PrivateWords(f.span.start, f.span.end, document.text[f.span.start : f.span.end])
        for f in profile.facts
        if f.kind in _PRIVATE
    ]
    private += [PrivateWords(start, end) for start, end in profile.sensitive]
    text = without_private(document.text, private, " ")
    return project(_with_text(standing, text), [*_held(given, at), *read_facts])


def _with_text(standing: Standing, text: str) -> Standing:
    return Standing(
        id=standing.id,
        facility_id=standing.facility_id,
        origin=standing.origin,
        status=standing.status,
        text=text,
    )


def _document(line: Line, words: str) -> DocumentText | None:
    """Return the words as a document; None where there are none."""
    if len(words) > MOST_TEXT:
        line.note("text", f"Only the first {MOST_TEXT} characters are read.")
    try:
        return read_words(words[:MOST_TEXT])
    except FileRefused:
        line.note("text", "There are no words in it.")
        return None


def _counts(fact: ProposedFact, profile: ExtractedProfile, document: DocumentText) -> bool:
    """Whether a fact is believed: a language named in writing that is no CV is not spoken.

    One that stands behind a heading for languages is.
    """
    if fact.kind is not FactKind.LANGUAGE:
        return True
    start = document.text.rfind("\n", 0, fact.span.start) + 1
    line = document.text[start : document.text.find("\n", fact.span.end)]
    if any(True for one in lines_of(line) for _ in headed_lists(one)):
        return True
    return any(one.kind in _CV_KINDS for one in profile.facts) or _has_levels(profile)


def _has_levels(profile: ExtractedProfile) -> bool:
    return any(isinstance(f.value, LanguageSkill) and f.value.level for f in profile.facts)


def _is_said(fact: ProposedFact, told: frozenset[FactKind], given: list[Given]) -> bool:
    """Whether the line gives this kind of fact itself.

    A topic, country or activity that is given too stays as read: the text dates it.
    """
    if fact.kind not in told:
        return False
    same = [value for kind, value, _ in given if kind is fact.kind]
    match fact.value:
        case TopicExperience(topic=code):
            return code not in {one.topic for one in same if isinstance(one, TopicExperience)}
        case ActivityExperience(activity=code):
            kinds = {one.activity for one in same if isinstance(one, ActivityExperience)}
            return code not in kinds
        case CountryExperience(country=code):
            return code not in {one.country for one in same if isinstance(one, CountryExperience)}
    return True


def _held(given: list[Given], at: datetime) -> list[HeldFact]:
    return [
        HeldFact(uuid5(NAMESPACE_OID, str(n)), kind, value, when, FactStatus.CONFIRMED, at, _GIVEN)
        for n, (kind, value, when) in enumerate(given)
    ]


def _read_fact(fact: ProposedFact, document: DocumentText, at: datetime) -> HeldFact:
    quote = document.text[fact.span.start : fact.span.end]
    proof = Evidence(None, quote, "text", fact.span.page, document.language)
    held_id = uuid5(NAMESPACE_OID, f"{fact.span.start} {fact.span.end} {fact.kind}")
    return HeldFact(held_id, fact.kind, fact.value, fact.period, FactStatus.PROPOSED, at, proof)


# --- What a line gives ----------------------------------------------------------------------------


def _nationalities(line: Line) -> Iterator[Given]:
    for _, _, code in terms.known(line, "nationality", "country", terms.country):
        yield FactKind.NATIONALITY, Nationality(code), Period()


def _languages(line: Line) -> Iterator[Given]:
    by_name = line.fields.get("languages")
    if isinstance(by_name, dict) and not {"code", "language", "name"} & set(by_name):
        line = Line(line.file, line.number, {"languages": _unfolded(by_name)}, line.notes)
    for place, item, code in terms.known(line, "languages", "language", terms.language):
        skill = LanguageSkill(code, terms.level(line, place, item))
        yield FactKind.LANGUAGE, skill, Period()


def _unfolded(by_name: dict[str, object]) -> list[object]:
    """Return {"fr": "C1"} as a list of objects."""
    return [{"code": code, "cefr": level} for code, level in by_name.items()]


def _countries(line: Line) -> Iterator[Given]:
    for place, item, code in terms.known(line, "countries", "country", terms.country):
        capacity = _text(line, place, item, "capacity") if isinstance(item, dict) else None
        yield FactKind.COUNTRY, CountryExperience(code, capacity), terms.period(line, place, item)


def _topics(line: Line) -> Iterator[Given]:
    for place, item, code in terms.known(line, "topics", "topic", terms.topic):
        yield FactKind.TOPIC, TopicExperience(code), terms.period(line, place, item)


def _activities(line: Line) -> Iterator[Given]:
    for place, item, kind in terms.known(line, "activity_types", "activity", terms.activity):
        yield FactKind.ACTIVITY, ActivityExperience(kind), terms.period(line, place, item)


def _posts(line: Line) -> Iterator[Given]:
    for place, item in line.items("posts") or ():
        if not isinstance(item, dict):
            raise line.wrong(place, 'Give a post as {"position": …, "employer": …}.')
        employer = _text(line, place, item, "employer", "organisation", "organization")
        post = Post(
            title=_text(line, place, item, "position", "title"),
            employer=employer,
            country=_country(line, place, item),
            place=_text(line, place, item, "place"),
            unit=_text(line, place, item, "unit"),
            duties=_text(line, place, item, "duties", "description"),
        )
        when = terms.period(line, place, item)
        kind = _text(line, place, item, "employer_kind", "kind")
        yield FactKind.POST, _employed(line, f"{place}/employer_kind", post, kind, when), when


def _employer(line: Line) -> Iterator[Given]:
    """Yield the present employer, where it is given beside posts or without any."""
    employer, kind = line.text("employer", needed=False), line.text("employer_kind", needed=False)
    if not employer and not kind:
        return
    when = Period(ongoing=True)
    post = Post(title=None, employer=employer or None)
    yield FactKind.POST, _employed(line, "employer_kind", post, kind or None, when), when


def _missions(line: Line) -> Iterator[Given]:
    for place, item in line.items("missions") or ():
        what = _text(line, place, item, "what", "title") if isinstance(item, dict) else None
        if not isinstance(item, dict) or not what:
            raise line.wrong(place, 'Give a mission as {"what": …, "countries": […]}.')
        inner = Line(line.file, line.number, {"countries": item.get("countries")}, line.notes)
        found = tuple(
            code for _, _, code in terms.known(inner, "countries", "country", terms.country)
        )
        mission = Mission(
            what,
            found,
            for_whom=_text(line, place, item, "for_whom"),
            role=_text(line, place, item, "role"),
            programme=_text(line, place, item, "programme"),
        )
        yield FactKind.MISSION, mission, terms.period(line, place, item)


def _absences(line: Line) -> Iterator[Given]:
    for place, item in line.items("unavailable") or ():
        when = terms.period(line, place, item)
        if when == Period():
            raise line.wrong(place, 'Give an absence as {"from": "2027-03-01", "to": …}.')
        yield FactKind.UNAVAILABILITY, Unavailability(), when


_READERS = (
    _nationalities, _languages, _countries, _topics, _activities, _posts, _employer, _missions,
    _absences,
)  # fmt: skip


def _employed(line: Line, place: str, post: Post, kind: str | None, when: Period) -> Post:
    """Return the post with what its employer is: as given, else as the name tells."""
    told = terms.office(kind) if kind else None
    if kind and told is None:
        line.note(place, f"{kind[:60]!r} is no kind of employer; it is read from the name.")
    name = post.employer or ""
    start = when.start.first_day if when.start else None
    office, staff = told or (administrations.kind_of(name), None)
    staff = staff or administrations.employer_kind(name, post.country, start)
    if staff is not None and staff not in _OFFICIALS and told is None:
        office = None
    return Post(
        title=post.title,
        employer=post.employer,
        administration=office,
        employer_kind=staff,
        country=post.country,
        place=post.place,
        unit=post.unit,
        duties=post.duties,
    )


_OFFICIALS = frozenset({ExpertKind.EU_ADMINISTRATION, ExpertKind.NON_EU_ADMINISTRATION})


def _text(line: Line, place: str, item: dict[str, object], *names: str) -> str | None:
    found = terms.named(item, *names)
    if found is None:
        return None
    if not isinstance(found, str):
        raise line.wrong(f"{place}/{names[0]}", "Give a text in quotes.")
    return found.strip() or None


def _country(line: Line, place: str, item: dict[str, object]) -> str | None:
    given = _text(line, place, item, "country")
    code = terms.country(given) if given else None
    if given and code is None:
        line.note(f"{place}/country", f"{given[:60]!r} is no country of the lists; it is left out.")
    return code
