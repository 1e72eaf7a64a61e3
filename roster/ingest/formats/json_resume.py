"""JSON Resume, also with the keys of older and private variants, as labelled lines."""

from __future__ import annotations

import re

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
    iso,
    mapping,
    text,
    texts,
)
from roster.ingest.raw import RawText

_WORK = ("work", "experience", "workExperience", "employment", "jobs", "positions")
_STUDIES = ("education", "studies")
_LISTS = (
    (("projects",), "Projects"),
    (("publications",), "Publications"),
    (("certificates", "certifications", "courses"), "Training"),
    (("skills",), "Skills"),
    (("references",), "References"),
)


def is_resume(given: Object) -> bool:
    """Whether an object has keys of a JSON Resume: who it is, and work, studies or languages."""
    if isinstance(given.get("basics"), dict):
        return True
    named = text(given, "name", "fullName", "firstName", "lastName")
    lists = (*_WORK, *_STUDIES, "languages")
    return bool(named) and any(isinstance(given.get(key), list) for key in lists)


def render_resume(given: Object) -> RawText:
    """Return a JSON Resume as labelled lines."""
    form = Form(["CURRICULUM VITAE"])
    basics = mapping(given.get("basics")) or given
    _identity(form, basics)
    _languages(form, given.get("languages") or basics.get("languages"))
    posts = entries(given, *_WORK)
    if posts:
        form.heading(WORK)
    for entry in posts:
        _work(form, entry)
    _education(form, given)
    summary = plain_lines(text(basics, "summary", "about", "bio"))
    if summary:
        form.heading("Profile")
        form.paragraphs("\n".join(summary))
    volunteer = entries(given, "volunteer", "volunteering")
    if volunteer:
        form.heading("Voluntary work")
    for entry in volunteer:
        _work(form, entry)
    _lists(form, given)
    return form.text("json-resume/2")


def _identity(form: Form, basics: Object) -> None:
    form.field("Family name", text(basics, "lastName", "familyName", "surname"))
    form.field("First name", text(basics, "firstName", "givenName"))
    form.field("Name", text(basics, "name", "fullName"))
    for address in addresses_in(texts(basics.get("email")) + texts(basics.get("emails"))):
        form.field("E-mail", address)
    form.field("Telephone", text(basics, "phone", "telephone"))
    for nationality in texts(basics.get("nationality") or basics.get("nationalities")):
        code = nationality if len(nationality) == 2 else None
        form.field("Nationality", country_name(code, nationality))
    form.field("Date of birth", iso(text(basics, "birthDate", "dateOfBirth", "birthdate")))
    form.field("Headline", text(basics, "label", "headline"))


def _languages(form: Form, given: Json) -> None:
    found = given if isinstance(given, list) else []
    if found:
        form.heading(LANGUAGES)
    for entry in found:
        if isinstance(entry, str):
            parts = re.match(r"([^(:–-]+)[(:–\s-]*(.*?)\)?$", entry.strip())
            name, level = parts.groups() if parts else (entry, "")
        else:
            held = mapping(entry)
            name = text(held, "language", "name", "languageCode")
            level = text(held, "fluency", "level", "proficiency")
        form.language(language_name(name.strip()), level or UNKNOWN_LEVEL)


def _work(form: Form, entry: Object) -> None:
    duties = [text(entry, "summary", "description"), *texts(entry.get("highlights"))]
    form.record(
        ("Dates", _dates(entry, open_end=True)),
        ("Position", text(entry, "position", "title", "role", "jobTitle")),
        ("Employer", text(entry, "name", "company", "organization", "employer", "institution")),
        ("Location", _location(entry.get("location"))),
        ("Description", "\n".join(line for each in duties for line in plain_lines(each))),
    )


def _dates(entry: Object, *, open_end: bool) -> str:
    """Return the dates of an entry; work without an end goes on, as the schema has it."""
    start = iso(text(entry, "startDate", "start", "from", "date"))
    said = text(entry, "endDate", "end", "to")
    ongoing = goes_on(said) or (open_end and bool(start) and not said)
    return period(start, "" if ongoing else iso(said), ongoing)


def _location(given: Json) -> str:
    if isinstance(given, str):
        return given
    place = mapping(given)
    code = text(place, "countryCode")
    return joined(text(place, "city"), country_name(code, text(place, "country")))


def _education(form: Form, given: Object) -> None:
    found = entries(given, *_STUDIES)
    if found:
        form.heading(EDUCATION)
    for entry in found:
        degree = joined(text(entry, "studyType", "degree", "title"), text(entry, "area", "field"))
        form.record(
            ("Dates", _dates(entry, open_end=False)),
            ("Title of qualification awarded", degree),
            ("Institution", text(entry, "institution", "school", "name")),
        )


def _lists(form: Form, given: Object) -> None:
    for keys, heading in _LISTS:
        found = entries(given, *keys)
        if found:
            form.heading(heading)
        for entry in found:
            words = [_dates(entry, open_end=False).replace(" – ?", "")]
            words += [text(entry, "name", "title"), text(entry, "description", "summary")]
            words += [*texts(entry.get("keywords")), text(entry, "publisher", "reference")]
            words += texts(entry.get("highlights"))
            form.paragraphs("; ".join(plain_lines(joined(*words))))
