"""JSON Resume and Europass JSON, rendered as the labelled lines of a form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement

from roster.errors import FileRefused
from roster.ingest.forms import Form, country_name, joined, period
from roster.ingest.raw import RawText
from roster.ingest.text_europass import render_passport
from roster.ingest.text_plain import decode

MOST_DEPTH = 40

Json = object


def read(data: bytes, most_pages: int) -> RawText:  # noqa: ARG001 - JSON has no pages
    """Return a JSON CV as labelled lines.

    Raises
    ------
    roster.errors.FileRefused
        Damaged, or of a schema that is not known.
    """
    try:
        given = json.loads(decode(data)[0])
    except (ValueError, RecursionError) as error:
        raise FileRefused(
            "This JSON file is damaged. Export the CV again, or send it as PDF or DOCX."
        ) from error
    if isinstance(given, dict) and isinstance(given.get("SkillsPassport"), dict):
        root = Element("skillspassport")
        _grow(root, given["SkillsPassport"], 0)
        return render_passport(root)
    if isinstance(given, dict) and isinstance(given.get("basics"), dict):
        return _render_resume(given)
    raise FileRefused(
        "This JSON file is neither a JSON Resume nor a Europass CV. Send the CV as PDF or DOCX."
    )


def _grow(parent: Element, given: Mapping[str, Json], depth: int) -> None:
    """Build the tree that the XML form of the same CV would give."""
    for key, value in given.items():
        for each in value if isinstance(value, list) else [value]:
            child = SubElement(parent, str(key).lower())
            if isinstance(each, dict) and depth < MOST_DEPTH:
                _grow(child, each, depth + 1)
            elif each is not None:
                child.text = str(each).lower() if isinstance(each, bool) else str(each)


def _render_resume(given: Mapping[str, Json]) -> RawText:
    form = Form(["CURRICULUM VITAE"])
    basics = _mapping(given.get("basics"))
    form.field("Name", _text(basics, "name"))
    form.field("Headline", _text(basics, "label"))
    form.field("E-mail", _text(basics, "email"))
    form.field("Telephone", _text(basics, "phone"))
    if _text(basics, "summary"):
        form.heading("Profile")
        form.paragraphs(_text(basics, "summary"))
    _posts(form, given)
    _education(form, given)
    _lists(form, given)
    return form.text("json-resume/1")


def _mapping(given: Json) -> Mapping[str, Json]:
    return given if isinstance(given, dict) else {}


def _entries(given: Mapping[str, Json], key: str) -> list[Mapping[str, Json]]:
    found = given.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _text(given: Mapping[str, Json], *keys: str) -> str:
    for key in keys:
        found = given.get(key)
        if isinstance(found, str | int | float) and not isinstance(found, bool):
            return str(found)
    return ""


def _texts(given: Json) -> Iterable[str]:
    return (str(each) for each in given if isinstance(each, str)) if isinstance(given, list) else ()


def _dates(entry: Mapping[str, Json], *, open_end: bool) -> str:
    start, end = _text(entry, "startDate", "date"), _text(entry, "endDate")
    return period(start[:10], end[:10], ongoing=open_end and bool(start) and not end)


def _posts(form: Form, given: Mapping[str, Json]) -> None:
    for key, heading in (("work", "Work experience"), ("volunteer", "Voluntary work")):
        entries = _entries(given, key)
        if entries:
            form.heading(heading)
        for entry in entries:
            duties = [_text(entry, "summary"), *_texts(entry.get("highlights"))]
            form.record(
                ("Dates", _dates(entry, open_end=True)),
                ("Position", _text(entry, "position")),
                ("Employer", _text(entry, "name", "company", "organization")),
                ("Location", _location(entry.get("location"))),
                ("Description", "\n".join(duties)),
            )


def _location(given: Json) -> str:
    if isinstance(given, str):
        return given
    place = _mapping(given)
    return joined(_text(place, "city"), country_name(_text(place, "countryCode")))


def _education(form: Form, given: Mapping[str, Json]) -> None:
    entries = _entries(given, "education")
    if entries:
        form.heading("Education")
    for entry in entries:
        degree = joined(_text(entry, "studyType"), _text(entry, "area"))
        form.record(
            ("Dates", _dates(entry, open_end=False)),
            ("Title of qualification awarded", degree),
            ("Institution", _text(entry, "institution")),
        )


def _lists(form: Form, given: Mapping[str, Json]) -> None:
    languages = _entries(given, "languages")
    if languages:
        form.heading("Languages")
    for entry in languages:
        form.row(_text(entry, "language", "name"), _text(entry, "fluency", "level"))
    for key, heading in (
        ("publications", "Publications"),
        ("certificates", "Training"),
        ("projects", "Projects"),
        ("skills", "Skills"),
        ("references", "References"),
    ):
        entries = _entries(given, key)
        if entries:
            form.heading(heading)
        for entry in entries:
            words = [_text(entry, "name", "title"), _text(entry, "description", "summary")]
            words += [*_texts(entry.get("keywords")), _text(entry, "publisher", "reference")]
            form.paragraphs(joined(*words).replace("\n", " "))
