"""HR Open `candidate` JSON, as labelled lines: best effort, by the names of its keys."""

from __future__ import annotations

from collections.abc import Iterator

from roster.ingest.formats.field_lines import (
    EDUCATION,
    LANGUAGES,
    UNKNOWN_LEVEL,
    WORK,
    Form,
    addresses_in,
    country_name,
    joined,
    language_name,
    period,
    plain_lines,
)
from roster.ingest.formats.json_values import (
    Json,
    Object,
    entries,
    goes_on,
    is_true,
    iso,
    mapping,
    text,
)
from roster.ingest.raw import RawText


def is_candidate(given: Object) -> bool:
    """Whether an object is a candidate of HR Open: a person with a name, and profiles."""
    name = mapping(_person(given).get("name"))
    return bool(text(name, "given", "family", "formattedName")) and "profiles" in _inner(given)


def render_candidate_json(given: Object) -> RawText:
    """Return a candidate as labelled lines."""
    form = Form(["CURRICULUM VITAE (HR Open)"])
    person, profiles = _person(given), entries(_inner(given), "profiles")
    _identity(form, person)
    _languages(form, person, profiles)
    employment = [each for one in profiles for each in entries(one, "employment")]
    if employment:
        form.heading(WORK)
    for each in employment:
        _employment(form, each)
    studies = [each for one in profiles for each in entries(one, "education")]
    if studies:
        form.heading(EDUCATION)
    for each in studies:
        _study(form, each)
    summary = [text(one, "executiveSummary", "objective") for one in profiles]
    words = [line for one in summary for line in plain_lines(one)]
    if words:
        form.heading("Profile")
        form.paragraphs("\n".join(words))
    return form.text("hr-open/1")


def _inner(given: Object) -> Object:
    return mapping(given.get("candidate")) or given


def _person(given: Object) -> Object:
    return mapping(_inner(given).get("person"))


def _identity(form: Form, person: Object) -> None:
    name = mapping(person.get("name"))
    form.field("Family name", text(name, "family"))
    form.field("First name", text(name, "given"))
    if not (text(name, "family") and text(name, "given")):
        form.field("Name", text(name, "formattedName"))
    channels = mapping(person.get("communication"))
    mails = (text(each, "address", "uri") for each in entries(channels, "email"))
    for address in addresses_in(mails):
        form.field("E-mail", address)
    for phone in entries(channels, "phone"):
        number = text(phone, "formattedNumber", "number", "dialNumber")
        form.field("Telephone", number)
    for words in _codes(person.get("nationality") or person.get("citizenship")):
        form.field("Nationality", country_name(words if len(words) == 2 else None, words))
    form.field("Date of birth", iso(text(person, "birthDate")))


def _codes(given: Json) -> Iterator[str]:
    for each in given if isinstance(given, list) else [given]:
        words = each if isinstance(each, str) else text(mapping(each), "code", "name", "country")
        if words:
            yield words


def _languages(form: Form, person: Object, profiles: list[Object]) -> None:
    first = list(_codes(person.get("primaryLanguage") or person.get("motherTongue")))
    found = [each for one in profiles for each in entries(one, "languages")]
    for one in profiles:
        for each in entries(one, "qualifications", "competencies", "personCompetencies"):
            kind = text(each, "taxonomyId", "type", "competencyType").lower()
            found += [each] if "language" in kind else []
    if first or found:
        form.heading(LANGUAGES)
    for words in first:
        form.field("Mother tongue", language_name(words))
    for each in found:
        name = text(each, "languageCode", "language", "competencyName", "name", "code")
        level = text(each, "proficiency", "level", "score", "fluency")
        form.language(language_name(name, name), level or UNKNOWN_LEVEL)


def _employment(form: Form, given: Object) -> None:
    body = mapping(given.get("organization")) or mapping(given.get("employer"))
    name = text(body, "name") or text(given, "organization", "employer")
    for held in entries(given, "positionHistories", "positions") or [given]:
        form.record(
            ("Dates", _dates(held)),
            ("Position", text(held, "title", "positionTitle", "jobTitle")),
            ("Employer", name),
            ("Location", _place(held) or _place(body)),
            ("Description", "\n".join(plain_lines(text(held, "description")))),
        )


def _dates(held: Object) -> str:
    start, said = iso(text(held, "start", "startDate")), text(held, "end", "endDate")
    flags = (held.get(key) for key in ("current", "currentIndicator", "isCurrent"))
    ongoing = goes_on(said) or (not said and any(is_true(flag) for flag in flags))
    return period(start, "" if ongoing else iso(said), ongoing)


def _place(given: Object) -> str:
    place = mapping(given.get("location")) or mapping(given.get("address"))
    place = mapping(place.get("address")) or place
    code = text(place, "countryCode", "country")
    return joined(text(place, "city"), country_name(code if len(code) == 2 else None, code))


def _study(form: Form, given: Object) -> None:
    school = mapping(given.get("institution")) or mapping(given.get("organization"))
    degrees = entries(given, "educationDegrees", "degrees") or [given]
    for degree in degrees:
        form.record(
            ("Dates", _dates(given)),
            ("Title of qualification awarded", text(degree, "name", "degreeName", "degree")),
            ("Institution", text(school, "name") or text(given, "institution", "school")),
        )
