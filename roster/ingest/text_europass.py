"""Europass (SkillsPassport of any version, Candidate), rendered as the labelled lines of a form.

Photos, sex, identity papers and printing preferences are left out: matching needs none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from roster.errors import FileRefused
from roster.ingest.europass_candidate import render_candidate
from roster.ingest.forms import GRID, Form, country_name, joined, language_name, period
from roster.ingest.raw import RawText
from roster.ingest.text_html import visible_lines

_ROOTS = (b"SkillsPassport", b"learnerinfo", b"Candidate")
_NAMESPACES = (b"europass.cedefop", b"europass.eu", b"europass_eures", b"hr-xml.org")
_GRID_FIELDS = ("listening", "reading", "spokeninteraction", "spokenproduction", "writing")
_ACHIEVEMENTS = {
    "publications": "PUBLICATIONS",
    "projects": "PROJECTS",
    "courses": "TRAINING",
    "certifications": "TRAINING",
    "workshops": "TRAINING",
    "seminars": "TRAINING",
    "conferences": "CONFERENCES",
    "memberships": "MEMBERSHIPS",
    "references": "REFERENCES",
}


def is_europass(content: bytes) -> bool:
    """Whether bytes look like one of the Europass XML formats."""
    head = content[:4000]
    return any(root in head for root in _ROOTS) and any(space in head for space in _NAMESPACES)


def read(data: bytes, most_pages: int) -> RawText:  # noqa: ARG001 - XML has no pages
    """Return a Europass XML file as labelled lines.

    Raises
    ------
    roster.errors.FileRefused
        Not well formed, with entities of its own, or not a CV.
    """
    root = parse(data)
    if root.tag in {"skillspassport", "learnerinfo"}:
        return render_passport(root)
    if root.tag == "candidate":
        return render_candidate(root)
    raise FileRefused(
        "This XML file is not a Europass CV. Export the CV from Europass again, or send a PDF."
    )


def parse(data: bytes) -> Element:
    """Return the tree with bare lower-case names; entities and document types are refused.

    Raises
    ------
    roster.errors.FileRefused
        Not well formed, or with a document type of its own.
    """
    try:
        root: Element = defusedxml.ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise FileRefused(
            "This XML file brings definitions of its own, which are never opened. "
            "Export the CV from Europass again, or send a PDF."
        ) from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise FileRefused(
            "This XML file is damaged. Export the CV from Europass again, or send a PDF."
        ) from error
    for element in root.iter():
        element.tag = str(element.tag).rpartition("}")[2].lower()
    return root


def value(element: Element | None, *paths: str) -> str:
    """Return the first text found under one of the paths; empty where there is none."""
    if element is None:
        return ""
    for path in paths:
        found = element.find(path) if path else element
        if found is not None and found.text and found.text.strip():
            return found.text.strip()
    return ""


def render_passport(root: Element) -> RawText:
    """Return a SkillsPassport (or the older learnerinfo) as labelled lines."""
    learner = root if root.tag == "learnerinfo" else root.find(".//learnerinfo")
    if learner is None:
        raise FileRefused("This Europass file holds no CV. Export the CV itself and send that.")
    form = Form(["CURRICULUM VITAE (Europass)"])
    _identity(form, learner)
    _posts(form, learner)
    _education(form, learner)
    _languages(form, learner)
    _skills(form, learner)
    _achievements(form, learner)
    return form.text("europass/1")


def _identity(form: Form, learner: Element) -> None:
    person = learner.find("identification")
    form.field("Family name", value(person, "personname/surname", "lastname"))
    form.field("First name", value(person, "personname/firstname", "firstname"))
    for mail in _all(person, "email"):
        form.field("E-mail", value(mail, "contact", ""))
    for phone in [*_all(person, "telephone"), *_all(person, "mobile")]:
        form.field("Telephone", value(phone, "contact", ""))
    for nationality in _all(person, "nationality"):
        label = value(nationality, "label", "")
        form.field("Nationality", label or country_name(value(nationality, "code")))
    birth = next(iter(_all(person, "birthdate")), None)
    form.field("Date of birth", _date(birth))
    headline = learner.find("headline")
    kind = value(headline, "type/code").lower()
    if "job_applied" not in kind:
        form.field("Headline", value(headline, "description/label"))


def _all(element: Element | None, tag: str) -> Iterator[Element]:
    return element.iter(tag) if element is not None else iter(())


def _date(element: Element | None) -> str:
    """Read XSD parts (`month="--04"`), child elements, or ISO text."""
    if element is None:
        return ""
    parts = [
        re.sub(r"\D", "", element.get(part) or value(element, part))
        for part in ("year", "month", "day")
    ]
    if len(parts[0]) != 4:
        return value(element, "")
    return "-".join([parts[0], *(f"{int(part):02d}" for part in parts[1:] if part)])


def _period(element: Element) -> str:
    dates = element.find("period")
    if dates is None:
        return ""
    ongoing = value(dates, "current").lower() == "true" and dates.find("to") is None
    return period(_date(dates.find("from")), _date(dates.find("to")), ongoing)


def _place(element: Element | None) -> str:
    if element is None:
        return ""
    address = next(element.iter("address"), None)
    country = next(address.iter("country"), None) if address is not None else None
    code, label = value(country, "code"), value(country, "label", "")
    town = next((value(each, "") for each in element.iter("municipality")), "")
    return joined(town, country_name(code, label) if country is not None else "")


def _plain(html: str) -> str:
    return "\n".join(line for line in visible_lines(html) if line.strip()) if html else ""


def _posts(form: Form, learner: Element) -> None:
    posts = list(learner.iter("workexperience"))
    if posts:
        form.heading("Work experience")
    for post in posts:
        employer = post.find("employer")
        form.record(
            ("Dates", _period(post)),
            ("Position", value(post, "position/label", "position")),
            ("Employer", value(employer, "name", "")),
            ("Location", _place(employer)),
            ("Description", _plain(value(post, "activities"))),
        )


def _education(form: Form, learner: Element) -> None:
    courses = [each for each in learner.iter("education") if len(each)]
    if courses:
        form.heading("Education and training")
    for course in courses:
        organisation = course.find("organisation")
        level = value(course, "level/label", "level")
        form.record(
            ("Dates", _period(course)),
            ("Title of qualification awarded", value(course, "title")),
            ("Institution", joined(value(organisation, "name"), _place(organisation))),
            ("Level", level or value(course, "level/code")),
        )


def _languages(form: Form, learner: Element) -> None:
    mother = [*learner.iter("mothertongue"), *_old_languages(learner, "mother")]
    foreign = [*learner.iter("foreignlanguage"), *_old_languages(learner, "foreign")]
    if mother or foreign:
        form.heading("Languages")
    for each in mother:
        form.field("Mother tongue", _language(each))
    if foreign:
        form.row("Language", *GRID)
    for each in foreign:
        grid = each.find("proficiencylevel") if each.find("level") is None else each.find("level")
        form.row(_language(each), *(value(grid, name) or "-" for name in _GRID_FIELDS))


def _old_languages(learner: Element, kind: str) -> list[Element]:
    return [
        each
        for each in learner.iter("language")
        if any(kind in str(given) for key, given in each.attrib.items() if key.endswith("type"))
    ]


def _language(element: Element) -> str:
    code = value(element, "description/code", "code")
    return language_name(code, value(element, "description/label", "label"))


def _skills(form: Form, learner: Element) -> None:
    skills = learner.find("skills")
    for name in ("communication", "organisational", "jobrelated", "computer", "other"):
        words = _plain(value(skills, f"{name}/description"))
        if words:
            form.heading("Skills")
            form.paragraphs(words)


def _achievements(form: Form, learner: Element) -> None:
    for achievement in learner.iter("achievement"):
        code = value(achievement, "title/code").lower()
        label = value(achievement, "title/label")
        words = _plain(value(achievement, "description"))
        if words:
            form.heading(_ACHIEVEMENTS.get(code, label or "Additional information"))
            form.paragraphs(words)
