"""One box over people, requests and Actions: any language, any accent, small slips of the keys.

Every query word has to be met, by the word itself, its beginning, what it means (a country, a
language, a topic, a type of activity) or, where nothing else is met, by a word that is nearly the
same. All of it is equality and order of plain words, so every database finds the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from sqlalchemy import ColumnElement, and_, case, false, func, or_, true
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from roster.findable import code, words_of
from roster.naming import fold
from roster.policy import Actor, Permission, visible_experts
from roster.queries.experts import expert_row
from roster.read import ExpertRow
from roster.reference.activities import find_activities
from roster.reference.countries import find_countries
from roster.reference.languages import find_languages
from roster.reference.topics import find_topics
from roster.tables import Action, AssistanceRequest, Expert, SearchTerm
from roster.vocabulary import OFF_ROSTER, ActionStatus, Origin, RequestStatus, TermField

MOST_LETTERS = 200
_MOST_WORDS = 12
_LEAST_OF_PREFIX = 3
_LEAST_OF_SLIP = 4
_WEIGHTS = {
    TermField.NAME: 10.0,
    TermField.TITLE: 8.0,
    TermField.CODE: 6.0,
    TermField.WORK: 4.0,
    TermField.TEXT: 2.0,
}
_BEGINNING = 0.7
_SLIP = 0.5
