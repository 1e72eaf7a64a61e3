"""A record as Europass XML (SkillsPassport, schema 3.3), which Europass and its readers import."""

from __future__ import annotations

import html
import re
from datetime import datetime

from lxml import etree

from roster.cv_format.contents import CvContents, is_open
from roster.dates import PartialDate, Period
from roster.read import Dated, Education, LanguageSkill, Mission, Post
from roster.reference import countries, languages
from roster.vocabulary import LanguageLevel

NAMESPACE = "http://europass.cedefop.europa.eu/Europass"
MEDIA_TYPE = "application/xml"
_EU_CODES = {"GB": "UK", "GR": "EL"}
"""Europass writes two countries otherwise than ISO 3166-1."""
_SKILLS = ("Listening", "Reading", "SpokenInteraction", "SpokenProduction", "Writing")
_EQF_FROM_ISCED = frozenset({5, 6, 7, 8})
"""From short tertiary on both frameworks number levels alike."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def europass(cv: CvContents, *, at: datetime) -> bytes:
    """Return a CV as Europass XML.

    Parameters
    ----------
    at : of writing
    """
    spaces: dict[str | None, str] = {None: NAMESPACE}
    root = etree.Element(f"{{{NAMESPACE}}}SkillsPassport", nsmap=spaces, locale="en")  # type: ignore[arg-type]
    info = _sub(root, "DocumentInfo")
    _sub(info, "DocumentType", "ECV")
    _sub(info, "CreationDate", at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    _sub(info, "LastUpdateDate", at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    _sub(info, "XSDVersion", "V3.3")
    _sub(info, "Generator", "Expert and Action Roster")
    learner = _sub(root, "LearnerInfo")
    _identification(learner, cv)
    _posts(learner, cv)
    _education(learner, cv)
    _languages(learner, cv)
    _achievements(learner, cv)
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return found


def _sub(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if text is not None:
        made.text = _NOT_XML.sub("", text)
    return made


def _identification(learner: etree._Element, cv: CvContents) -> None:
    person = _sub(learner, "Identification")
    name = _sub(person, "PersonName")
    _sub(name, "FirstName", cv.given_name)
    _sub(name, "Surname", cv.family_name)
    if cv.emails or cv.telephones:
        contact = _sub(person, "ContactInfo")
        if cv.emails:
            _sub(_sub(contact, "Email"), "Contact", cv.emails[0])
        if cv.telephones:
            listed = _sub(contact, "TelephoneList")
            for number in cv.telephones:
                _sub(_sub(listed, "Telephone"), "Contact", number)
    if cv.nationalities:
        listed = _sub(_sub(person, "Demographics"), "NationalityList")
        for code in cv.nationalities:
            _country(_sub(listed, "Nationality"), code)
    if cv.headline:
        headline = _sub(learner, "Headline")
        _sub(_sub(headline, "Type"), "Code", "position")
        _sub(_sub(headline, "Description"), "Label", cv.headline)


def _country(parent: etree._Element, code: str) -> None:
    _sub(parent, "Code", _EU_CODES.get(code, code))
    _sub(parent, "Label", countries.name_of(code))


def _posts(learner: etree._Element, cv: CvContents) -> None:
    if not cv.posts:
        return
    listed = _sub(learner, "WorkExperienceList")
    for post in cv.posts:
        _post(_sub(listed, "WorkExperience"), post)


def _post(entry: etree._Element, post: Dated[Post]) -> None:
    _period(entry, post.period)
    held = post.value
    if held.title:
        _sub(_sub(entry, "Position"), "Label", held.title)
    if held.duties:
        _sub(entry, "Activities", _paragraphs(held.duties))
    employer = _sub(entry, "Employer")
    _sub(employer, "Name", held.employer or "")
    if held.place or held.country:
        contact = _sub(_sub(_sub(employer, "ContactInfo"), "Address"), "Contact")
        if held.place:
            _sub(contact, "Municipality", held.place)
        if held.country:
            _country(_sub(contact, "Country"), held.country)


def _education(learner: etree._Element, cv: CvContents) -> None:
    if not cv.education:
        return
    listed = _sub(learner, "EducationList")
    for one in cv.education:
        _studies(_sub(listed, "Education"), one)


def _studies(entry: etree._Element, one: Dated[Education]) -> None:
    _period(entry, one.period)
    held = one.value
    if held.title:
        _sub(entry, "Title", held.title)
    organisation = _sub(entry, "Organisation")
    _sub(organisation, "Name", held.institution or "")
    if held.country:
        contact = _sub(_sub(_sub(organisation, "ContactInfo"), "Address"), "Contact")
        _country(_sub(contact, "Country"), held.country)
    if held.level in _EQF_FROM_ISCED:
        _sub(_sub(entry, "Level"), "Code", str(held.level))


def _languages(learner: etree._Element, cv: CvContents) -> None:
    if not cv.languages:
        return
    linguistic = _sub(_sub(learner, "Skills"), "Linguistic")
    native = [one.value for one in cv.languages if one.value.level is LanguageLevel.NATIVE]
    foreign = [one.value for one in cv.languages if one.value.level is not LanguageLevel.NATIVE]
    if native:
        listed = _sub(linguistic, "MotherTongueList")
        for held in native:
            _language(_sub(listed, "MotherTongue"), held)
    if foreign:
        listed = _sub(linguistic, "ForeignLanguageList")
        for held in foreign:
            entry = _sub(listed, "ForeignLanguage")
            _language(entry, held)
            _levels(entry, held)


def _language(entry: etree._Element, held: LanguageSkill) -> None:
    words = _sub(entry, "Description")
    _sub(words, "Code", held.language)
    _sub(words, "Label", languages.name_of(held.language))


def _levels(entry: etree._Element, held: LanguageSkill) -> None:
    if held.level is None:
        return
    said = (held.listening, held.reading, held.speaking, held.speaking, held.writing)
    grid = _sub(entry, "ProficiencyLevel")
    # A level that was said as a whole is that of each skill; one that was not said stays open.
    whole = held.level if not any(said) else None
    for name, level in zip(_SKILLS, said, strict=True):
        shown = level or whole
        if shown is not None and shown is not LanguageLevel.NATIVE:
            _sub(grid, name, shown.value)


def _achievements(learner: etree._Element, cv: CvContents) -> None:
    told = [("projects", "Projects", _mission(one)) for one in cv.missions]
    told += [("courses", "Courses", _dated(one.value.title, one.period)) for one in cv.trainings]
    told += [
        ("publications", "Publications", _dated(one.value.title, one.period))
        for one in cv.publications
    ]
    if not told:
        return
    listed = _sub(learner, "AchievementList")
    for code, label, words in told:
        entry = _sub(listed, "Achievement")
        title = _sub(entry, "Title")
        _sub(title, "Code", code)
        _sub(title, "Label", label)
        _sub(entry, "Description", _paragraphs(words))


def _mission(one: Dated[Mission]) -> str:
    held = one.value
    where = ", ".join(countries.name_of(code) for code in held.countries) or held.region
    parts = (held.what, held.role, held.for_whom, held.programme, where)
    return _dated("; ".join(part for part in parts if part), one.period)


def _dated(words: str, period: Period) -> str:
    start, end = period.start, "present" if period.ongoing else period.end
    dates = " – ".join(str(day) for day in (start, end) if day is not None)
    return f"{dates}: {words}" if dates else words


def _paragraphs(text: str) -> str:
    """Return text as the HTML that the schema asks for, escaped as text of the element."""
    return "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())


def _period(entry: etree._Element, period: Period) -> None:
    if period.start is None and period.end is None and not period.ongoing:
        return
    dates = _sub(entry, "Period")
    if period.start is not None:
        _day(_sub(dates, "From"), period.start)
    if period.end is not None:
        _day(_sub(dates, "To"), period.end)
    if period.ongoing or is_open(period):
        _sub(dates, "Current", "true" if period.ongoing else "false")


def _day(element: etree._Element, day: PartialDate) -> None:
    element.set("year", f"{day.year:04d}")
    if day.month is not None:
        element.set("month", f"--{day.month:02d}")
    if day.day is not None:
        element.set("day", f"---{day.day:02d}")
