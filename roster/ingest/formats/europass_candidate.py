"""The Europass format since 2020 (`Candidate`, a profile of HR Open), as labelled lines.

Visas, identity papers, sex, attachments and the copy of the contact data are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

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
    without_address,
)
from roster.ingest.formats.xml_values import value
from roster.ingest.raw import RawText

_DIMENSIONS = ("listening", "reading", "interaction", "production", "writing")
"""Words of the CEFR dimensions ("CEF-Speaking-Interaction"), in the order of the grid."""
_LISTS = (
    ("projects/project", "Projects"),
    ("voluntaryworks/voluntarywork", "Voluntary work"),
    ("publicationhistory/publication", "Publications"),
    ("certifications/certification", "Training"),
    ("networksandmemberships/networkandmembership", "Memberships"),
    ("conferencesandseminars/conferenceandseminar", "Skills"),
    ("socialandpoliticalactivities/socialandpoliticalactivity", "Skills"),
    ("managementandleadershipskills/managementandleadershipskill", "Skills"),
    ("organisationalskills/organisationalskill", "Skills"),
    ("communicationandinterpersonalskills/communicationandinterpersonalskill", "Skills"),
    ("employmentreferences/referee", "References"),
)
_WORDS = frozenset(["title", "formattedpublicationdescription", "description", "name", "reference"])


def render_candidate(root: Element) -> RawText:
    """Return a `Candidate` tree (bare lower-case names) as labelled lines."""
    form = Form(["CURRICULUM VITAE (Europass)"])
    person, profile = root.find("candidateperson"), root.find("candidateprofile")
    supplier = root.find("candidatesupplier/personcontact")
    _identity(form, person if person is not None else supplier, supplier)
    _languages(form, person, profile)
    if profile is not None:
        _posts(form, profile)
        _education(form, profile)
        summary = plain_lines(value(profile, "executivesummary"))
        if summary:
            form.heading("Profile")
            form.paragraphs("\n".join(summary))
        _lists(form, profile)
    return form.text("europass/2", profile.get("languageCode", "") if profile is not None else "")


def _anywhere(element: Element | None, tag: str) -> str:
    found = element.iter(tag) if element is not None else iter(())
    return next((each.text.strip() for each in found if each.text and each.text.strip()), "")


def _identity(form: Form, person: Element | None, supplier: Element | None) -> None:
    for label, path in (("Family name", "familyname"), ("First name", "givenname")):
        form.field(label, value(person, f"personname/{path}") or _anywhere(supplier, path))
    channels = list(_own_channels(person))
    mails = [value(each, "uri") for kind, each in channels if kind == "email"]
    mails += [] if any(mails) else [value(each, "uri") for _, each in _own_channels(supplier)]
    for address in addresses_in(mails):
        form.field("E-mail", address)
    for kind, channel in channels:
        if kind in {"telephone", "mobilephone", "phone", "mobile"}:
            form.field("Telephone", _number(channel))
    if person is not None:
        for code in person.iter("nationalitycode"):
            form.field("Nationality", country_name(code.text))
        form.field("Date of birth", _iso(value(person, "birthdate")))


def _own_channels(person: Element | None) -> Iterator[tuple[str, Element]]:
    for channel in person.iter("communication") if person is not None else ():
        yield value(channel, "channelcode").lower(), channel


def _number(channel: Element) -> str:
    dialing = value(channel, "countrydialing").lstrip("+")
    number = value(channel, "dialnumber", "formattednumber", "uri").removeprefix("tel:")
    return f"+{dialing} {number}" if dialing and not number.startswith("+") else number


def _iso(words: str) -> str:
    """Return the date of a date and time, cut to its precision."""
    found = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?", words)
    return found.group() if found else ""


def _dates(element: Element, path: str) -> str:
    dates = element.find(path)
    if dates is None:
        return ""
    start = _iso(_anywhere(dates.find("startdate"), "formatteddatetime"))
    end = _iso(_anywhere(dates.find("enddate"), "formatteddatetime"))
    flags = (value(dates, name).lower() for name in ("currentindicator", "ongoing"))
    ongoing = any(flag in {"true", "1"} for flag in flags) and not end
    return period(start, end, ongoing)


def _place(element: Element, around: Element | None = None) -> str:
    """Return town and country of an entry; what it does not say, its organisation may."""
    contact = around.find("organizationcontact") if around is not None else None
    town = value(element, "city", "cityname") or _anywhere(contact, "cityname")
    code = value(element, "country", "countrycode") or _anywhere(contact, "countrycode")
    return joined(town, country_name(code) if code else "")


def _posts(form: Form, profile: Element) -> None:
    employers = list(profile.iterfind("employmenthistory/employerhistory"))
    if employers:
        form.heading(WORK)
    for employer in employers:
        name, rest = without_address(value(employer, "organizationname"))
        for position in employer.findall("positionhistory") or [employer]:
            form.record(
                ("Dates", _dates(position, "employmentperiod")),
                ("Position", value(position, "positiontitle")),
                ("Employer", name),
                ("Location", _place(position, employer) or rest),
                ("Description", "\n".join(plain_lines(value(position, "description")))),
            )


def _education(form: Form, profile: Element) -> None:
    courses = list(profile.iterfind("educationhistory/educationorganizationattendance"))
    if courses:
        form.heading(EDUCATION)
    for course in courses:
        degree = course.find("educationdegree")
        level = value(course, "educationlevelcode")
        form.record(
            ("Dates", _dates(course, "attendanceperiod")),
            ("Title of qualification awarded", value(degree, "degreename")),
            ("Institution", joined(value(course, "organizationname"), _place(course, course))),
            ("Level", f"EQF level {level}" if len(level) == 1 else level),
        )


def _languages(form: Form, person: Element | None, profile: Element | None) -> None:
    mother = list(person.iter("primarylanguagecode")) if person is not None else []
    found = _competencies(profile)
    foreign = [each for each in found if value(each, "taxonomyid").lower() == "language"]
    if mother or foreign:
        form.heading(LANGUAGES)
    for each in mother:
        form.field("Mother tongue", language_name(each.text))
    for each in foreign:
        form.language(language_name(value(each, "competencyid")), *_grid(each))


def _competencies(profile: Element | None) -> list[Element]:
    if profile is None:
        return []
    return profile.findall("personqualifications/personcompetency")


def _grid(competency: Element) -> Iterator[str]:
    levels = {
        value(dimension, "competencydimensiontypecode").lower(): value(dimension, "score/scoretext")
        for dimension in competency.iter("competencydimension")
    }
    for word in _DIMENSIONS:
        named = (level for code, level in levels.items() if _is_of(code, word))
        yield next(named, "") or UNKNOWN_LEVEL


def _is_of(code: str, word: str) -> bool:
    """Whether a dimension is the one named; "CEF-Writing-Production" is writing, not speaking."""
    return word in code and not (word in {"production", "interaction"} and "writing" in code)


def _lists(form: Form, profile: Element) -> None:
    for path, heading in _LISTS:
        entries = [words for entry in profile.iterfind(path) if (words := _entry(entry))]
        if entries:
            form.heading(heading)
            form.paragraphs("\n".join(entries))
    for other in profile.iterfind("others/other"):
        words = "\n".join(plain_lines(value(other, "description")))
        if words:
            form.titled(value(other, "title"), words)


def _entry(entry: Element) -> str:
    """Return the dates and words of an entry, in a line each."""
    dates = next((found for each in entry if (found := _dates_of(each))), _dates_of(entry)).replace(
        " – ?", ""
    )
    words = [
        "; ".join(plain_lines(each.text))
        for each in entry.iter()
        if each.tag in _WORDS and each.text and each.text.strip()
    ]
    return joined(dates, *dict.fromkeys(words), by=" – ")


def _dates_of(element: Element) -> str:
    if element.find("startdate") is None and element.find("enddate") is None:
        return ""
    holder = Element("holder")
    holder.append(element)
    return _dates(holder, element.tag)
