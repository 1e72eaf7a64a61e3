"""Europass (SkillsPassport of any version, Candidate), rendered as the labelled lines of a form.

Photos, sex, identity papers and printing preferences are left out: matching needs none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from roster.errors import FileRefused, FileTooLarge
from roster.ingest.formats.europass_candidate import render_candidate
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

_ROOTS = (b"SkillsPassport", b"learnerinfo", b"Candidate")
_NAMESPACES = (b"europass.cedefop", b"europass.eu", b"europass_eures", b"hr-xml.org")
_GRID_FIELDS = ("listening", "reading", "spokeninteraction", "spokenproduction", "writing")
_SKILLS = ("communication", "organisational", "jobrelated", "computer", "other")
_ACHIEVEMENTS = {
    "publications": "PUBLICATIONS",
    "projects": "PROJECTS",
    "courses": "TRAINING",
    "certifications": "TRAINING",
    "workshops": "TRAINING",
    "seminars": "TRAINING",
    "memberships": "MEMBERSHIPS",
    "references": "REFERENCES",
}
"""Kinds of achievement that have a section of their own."""
_SIGNATURES = frozenset({"signature_equivalent"})
_ISCED_1997 = frozenset({"3", "3A", "3B", "3C", "4", "4A", "4B", "5B", "6"})
"""Codes of the older forms that stand for one level of today."""
MOST_DEPTH = 100
MOST_ELEMENTS = 200_000


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
    _refuse_size(root)
    for element in root.iter():
        element.tag = str(element.tag).rpartition("}")[2].lower()
    return root


def _refuse_size(root: Element) -> None:
    """Refuse what no CV is: a tree deeper or larger by far."""
    level, depth, seen = [root], 0, 0
    while level:
        depth, seen = depth + 1, seen + len(level)
        if depth > MOST_DEPTH or seen > MOST_ELEMENTS:
            raise FileTooLarge(
                "This XML file is nested or repeats itself far more than a CV does. "
                "Export the CV from Europass again, or send a PDF."
            )
        level = [child for element in level for child in element]


def render_passport(root: Element) -> RawText:
    """Return a SkillsPassport (or the older learnerinfo) as labelled lines."""
    learner = root if root.tag == "learnerinfo" else root.find(".//learnerinfo")
    if learner is None:
        raise FileRefused("This Europass file holds no CV. Export the CV itself and send that.")
    form = Form(["CURRICULUM VITAE (Europass)"])
    _identity(form, learner)
    _languages(form, learner)
    is_old = learner is root
    _posts(form, learner, is_old=is_old)
    _education(form, learner, is_old=is_old)
    _statement(form, learner)
    _skills(form, learner)
    _achievements(form, learner)
    return form.text("europass/2", _locale(root) or value(root, "locale"))


def _locale(root: Element) -> str:
    """Return what the root says of its language; older files put the word into a namespace."""
    said = (v for name, v in root.attrib.items() if name.rpartition("}")[2].lower() == "locale")
    return next(said, "")


def _identity(form: Form, learner: Element) -> None:
    person = learner.find("identification")
    form.field("Family name", value(person, "personname/surname", "lastname"))
    form.field("First name", value(person, "personname/firstname", "firstname"))
    mails = [value(mail, "contact", "") for mail in _all(person, "email")]
    for address in addresses_in(mails):
        form.field("E-mail", address)
    for phone in [*_all(person, "telephone"), *_all(person, "mobile")]:
        form.field("Telephone", value(phone, "contact", ""))
    for nationality in _all(person, "nationality"):
        label = value(nationality, "label", "")
        form.field("Nationality", country_name(value(nationality, "code"), label))
    birth = next(iter(_all(person, "birthdate")), None)
    form.field("Date of birth", _date(birth))
    if value(learner, "headline/type/code").lower() in {"", "position"}:
        form.field("Headline", value(learner, "headline/description/label"))


def _all(element: Element | None, tag: str) -> Iterator[Element]:
    return element.iter(tag) if element is not None else iter(())


def _entries(learner: Element, tag: str) -> list[Element]:
    """Return the entries of a list, which JSON holds without the list around them."""
    listed = [*learner.findall(f"{tag}list/{tag}"), *learner.findall(tag)]
    return [entry for entry in listed if len(entry)]


def _date(element: Element | None) -> str:
    """Read XSD parts (`month="--04"`), child elements, or ISO text; junk leaves what is sound."""
    if element is None:
        return ""
    parts = [
        re.sub(r"\D", "", element.get(part) or value(element, part))
        for part in ("year", "month", "day")
    ]
    if len(parts[0]) != 4:
        found = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?", value(element, ""))
        return found.group() if found else ""
    dated = [parts[0]]
    for part, most in zip(parts[1:], (12, 31), strict=True):
        if not part or not 1 <= int(part) <= most:
            break
        dated.append(f"{int(part):02d}")
    return "-".join(dated)


def _period(element: Element, *, is_last: bool = False) -> str:
    """Return the dates of an entry; `is_last` says that an open end means it goes on."""
    dates = element.find("period")
    if dates is None:
        return ""
    last = _date(dates.find("to"))
    flag = value(dates, "current").lower() in {"true", "1"}
    return period(_date(dates.find("from")), last, (flag or is_last) and not last)


def _last_begun(posts: list[Element]) -> Element | None:
    """Return the post begun last, which the forms of before 2013 leave open if it goes on.

    They have no other way to say so; an open end of an earlier post stays unknown.
    """
    begun = [(_date(post.find("period/from")), at) for at, post in enumerate(posts)]
    start, at = max(begun, default=("", 0), key=lambda one: (one[0], -one[1]))
    return posts[at] if start else None


def _place(element: Element | None) -> str:
    if element is None:
        return ""
    address = next(element.iter("address"), None)
    country = next(address.iter("country"), None) if address is not None else None
    code, label = value(country, "code"), value(country, "label", "")
    town = next((value(each, "") for each in element.iter("municipality")), "")
    return joined(town, country_name(code, label) if country is not None else "")


def _posts(form: Form, learner: Element, *, is_old: bool) -> None:
    posts = _entries(learner, "workexperience")
    last = _last_begun(posts) if is_old else None
    if posts:
        form.heading(WORK)
    for post in posts:
        employer = post.find("employer")
        name, rest = without_address(value(employer, "name", ""))
        form.record(
            ("Dates", _period(post, is_last=post is last)),
            ("Position", value(post, "position/label", "position")),
            ("Employer", name),
            ("Location", _place(employer) or rest),
            ("Description", "\n".join(plain_lines(value(post, "activities")))),
        )


def _education(form: Form, learner: Element, *, is_old: bool) -> None:
    courses = _entries(learner, "education")
    if courses:
        form.heading(EDUCATION)
    for course in courses:
        organisation = course.find("organisation")
        code = value(course, "level/code").strip()
        level = value(course, "level/label", "level")
        if re.fullmatch(r"[1-8]", code) and not is_old:
            level = f"EQF level {code}"
        elif is_old:  # Levels of ISCED 1997, of which "5A" may be a bachelor or a master.
            level = f"ISCED 1997 {code}" if code in _ISCED_1997 else ""
        form.record(
            ("Dates", _period(course)),
            ("Title of qualification awarded", value(course, "title")),
            ("Institution", joined(value(organisation, "name"), _place(organisation))),
            ("Level", level),
        )


def _languages(form: Form, learner: Element) -> None:
    mother = [*learner.iter("mothertongue"), *_old_languages(learner, "mother")]
    foreign = [*learner.iter("foreignlanguage"), *_old_languages(learner, "foreign")]
    if mother or foreign:
        form.heading(LANGUAGES)
    for each in mother:
        form.field("Mother tongue", _language(each))
    for each in foreign:
        grid = each.find("proficiencylevel") if each.find("level") is None else each.find("level")
        cells = (value(grid, name) or UNKNOWN_LEVEL for name in _GRID_FIELDS)
        form.language(_language(each), *cells)


def _old_languages(learner: Element, kind: str) -> list[Element]:
    return [
        each
        for each in learner.iter("language")
        if any(kind in str(given) for key, given in each.attrib.items() if key.endswith("type"))
    ]


def _language(element: Element) -> str:
    code = value(element, "description/code", "code")
    return language_name(code, value(element, "description/label", "label"))


def _statement(form: Form, learner: Element) -> None:
    if value(learner, "headline/type/code").lower() == "personal_statement":
        form.heading("Profile")
        form.paragraphs("\n".join(plain_lines(value(learner, "headline/description/label"))))


def _skills(form: Form, learner: Element) -> None:
    skills = learner.find("skills")
    found = [value(skills, f"{name}/description") for name in _SKILLS]
    found += [value(each, "") for each in learner.iterfind("skilllist/skill")]
    words = [line for each in found for line in plain_lines(each)]
    if words:
        form.heading("Skills")
        form.paragraphs("\n".join(words))


def _achievements(form: Form, learner: Element) -> None:
    found = [
        (value(each, "title/code").lower(), value(each, "title/label"), value(each, "description"))
        for each in _entries(learner, "achievement")
    ]
    found += [("", "", value(each, "")) for each in learner.iterfind("misclist/misc")]
    for code, label, html in found:
        words = "\n".join(plain_lines(html))
        if words and code not in _SIGNATURES:
            form.titled(_ACHIEVEMENTS.get(code) or label, words)
