"""The Europass format since 2020 (`Candidate`, a profile of HR Open), as labelled lines."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from roster.ingest.forms import GRID, Form, country_name, joined, language_name, period
from roster.ingest.raw import RawText
from roster.ingest.text_html import visible_lines

_DIMENSIONS = (
    "cef-understanding-listening",
    "cef-understanding-reading",
    "cef-speaking-interaction",
    "cef-speaking-production",
    "cef-writing-production",
)
_LISTS = (
    ("projects/project", "Projects"),
    ("publicationhistory/publication", "Publications"),
    ("conferencesandseminars/conferenceandseminar", "Conferences"),
    ("certifications/certification", "Training"),
    ("voluntaryworks/voluntarywork", "Voluntary work"),
)


def render_candidate(root: Element) -> RawText:
    """Return a `Candidate` tree (bare lower-case names) as labelled lines."""
    form = Form(["CURRICULUM VITAE (Europass)"])
    person = root.find("candidateperson")
    profile = root.find("candidateprofile")
    if person is not None:
        _identity(form, person)
    if profile is not None:
        summary = _plain(_text(profile, "executivesummary"))
        if summary:
            form.heading("Profile")
            form.paragraphs(summary)
        _posts(form, profile)
        _education(form, profile)
    _languages(form, person, profile)
    if profile is not None:
        _lists(form, profile)
    return form.text("europass/2")


def _text(element: Element | None, path: str) -> str:
    found = element.find(path) if element is not None else None
    return (found.text or "").strip() if found is not None else ""


def _anywhere(element: Element, tag: str) -> str:
    return next((each.text.strip() for each in element.iter(tag) if each.text), "")


def _plain(html: str) -> str:
    return "\n".join(line for line in visible_lines(html) if line.strip()) if html else ""


def _identity(form: Form, person: Element) -> None:
    form.field("Family name", _text(person, "personname/familyname"))
    form.field("First name", _text(person, "personname/givenname"))
    for channel in person.iter("communication"):
        kind = _text(channel, "channelcode").lower()
        if kind == "email":
            form.field("E-mail", _text(channel, "uri"))
        elif kind == "telephone":
            dialing = _text(channel, "countrydialing").lstrip("+")
            number = _text(channel, "dialnumber")
            form.field("Telephone", f"+{dialing} {number}" if dialing else number)
    for code in person.iter("nationalitycode"):
        form.field("Nationality", country_name(code.text))
    form.field("Date of birth", _text(person, "birthdate"))


def _dates(element: Element, path: str) -> str:
    dates = element.find(path)
    if dates is None:
        return ""
    start = _anywhere(dates.find("startdate") or Element("none"), "formatteddatetime")
    end = _anywhere(dates.find("enddate") or Element("none"), "formatteddatetime")
    ongoing = any(_text(dates, name) == "true" for name in ("currentindicator", "ongoing"))
    return period(start[:10], end[:10], ongoing)


def _place(element: Element) -> str:
    town = _text(element, "city") or _anywhere(element, "cityname")
    code = _text(element, "country") or _anywhere(element, "countrycode")
    return joined(town, country_name(code) if code else "")


def _posts(form: Form, profile: Element) -> None:
    employers = list(profile.iter("employerhistory"))
    if employers:
        form.heading("Work experience")
    for employer in employers:
        for position in employer.iter("positionhistory"):
            form.record(
                ("Dates", _dates(position, "employmentperiod")),
                ("Position", _text(position, "positiontitle")),
                ("Employer", _text(employer, "organizationname")),
                ("Location", _place(position) or _place(employer)),
                ("Description", _plain(_text(position, "description"))),
            )


def _education(form: Form, profile: Element) -> None:
    courses = list(profile.iter("educationorganizationattendance"))
    if courses:
        form.heading("Education and training")
    for course in courses:
        degree = course.find("educationdegree")
        form.record(
            ("Dates", _dates(course, "attendanceperiod")),
            ("Title of qualification awarded", _text(degree, "degreename")),
            ("Institution", joined(_text(course, "organizationname"), _place(course))),
            ("Level", _text(course, "educationlevelcode")),
        )


def _languages(form: Form, person: Element | None, profile: Element | None) -> None:
    mother = list(person.iter("primarylanguagecode")) if person is not None else []
    found = list(profile.iter("personcompetency")) if profile is not None else []
    foreign = [each for each in found if _text(each, "taxonomyid").lower() == "language"]
    if mother or foreign:
        form.heading("Languages")
    for each in mother:
        form.field("Mother tongue", language_name(each.text))
    if foreign:
        form.row("Language", *GRID)
    for each in foreign:
        levels = {
            _text(dimension, "competencydimensiontypecode").lower(): _text(
                dimension, "score/scoretext"
            )
            for dimension in each.iter("competencydimension")
        }
        name = language_name(_text(each, "competencyid"))
        form.row(name, *(levels.get(code) or "-" for code in _DIMENSIONS))


def _lists(form: Form, profile: Element) -> None:
    for path, heading in _LISTS:
        entries = profile.findall(path)
        if entries:
            form.heading(heading)
        for entry in entries:
            form.paragraphs(_entry(entry))
    for other in profile.iter("other"):
        words = _plain(_text(other, "description"))
        if words:
            form.heading(_text(other, "title") or "Additional information")
            form.paragraphs(words)


def _entry(entry: Element) -> str:
    words = [
        _plain(each.text)
        for each in entry.iter()
        if each.tag in {"title", "formattedpublicationdescription", "description", "name"}
        and each.text
        and each.text.strip()
    ]
    return joined(*(word.replace("\n", "; ") for word in words), by=" – ")
