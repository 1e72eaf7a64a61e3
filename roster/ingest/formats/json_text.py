"""JSON CVs: Europass, JSON Resume and HR Open, each rendered as the labelled lines of a form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from roster.errors import FileRefused
from roster.ingest.formats.europass import render_passport
from roster.ingest.formats.hr_open import is_candidate, render_candidate_json
from roster.ingest.formats.json_resume import is_resume, render_resume
from roster.ingest.formats.json_values import Json, mapping
from roster.ingest.raw import RawText
from roster.ingest.sandbox.encoding import decode

MOST_DEPTH = 40
_WRAPPERS = ("resume", "cv", "data")
"""Keys under which private schemas keep a JSON Resume."""


def read(data: bytes, most_pages: int) -> RawText:  # noqa: ARG001 - JSON has no pages
    """Return a JSON CV as labelled lines.

    Raises
    ------
    roster.errors.FileRefused
        Damaged, nested without end, or of a schema that is not known.
    """
    try:
        given = json.loads(decode(data)[0])
    except (ValueError, RecursionError) as error:
        raise FileRefused(
            "This JSON file is damaged. Export the CV again, or send it as PDF or DOCX."
        ) from error
    if isinstance(given, list) and len(given) == 1:
        given = given[0]
    found = _rendered(mapping(given))
    if found is None:
        raise FileRefused(
            "This JSON file is neither a JSON Resume nor a Europass CV. Send the CV as PDF or DOCX."
        )
    return found


def _rendered(given: Mapping[str, Json]) -> RawText | None:
    passport = given.get("SkillsPassport")
    if isinstance(passport, dict) or isinstance(given.get("LearnerInfo"), dict):
        root = Element("skillspassport")
        _grow(root, mapping(passport) or given, 0)
        return render_passport(root)
    if is_candidate(given):
        return render_candidate_json(given)
    for inner in (given, *(mapping(given.get(key)) for key in _WRAPPERS)):
        if is_resume(inner):
            return render_resume(inner)
    return None


def _grow(parent: Element, given: Mapping[str, Json], depth: int) -> None:
    """Build the tree that the XML form of the same CV would give."""
    for key, value in given.items():
        for each in value if isinstance(value, list) else [value]:
            child = SubElement(parent, str(key).lower())
            if isinstance(each, dict) and depth < MOST_DEPTH:
                _grow(child, each, depth + 1)
            elif each is not None:
                child.text = str(each).lower() if isinstance(each, bool) else str(each)
