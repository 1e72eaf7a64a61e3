"""The columns of an exchange: how each is called in four languages, read and written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from roster.counting.figures import RequestOutcome
from roster.exchange_format import terms
from roster.naming import fold
from roster.read import LanguageNeed
from roster.read.exchange import ExchangeKind
from roster.serial import from_json
from roster.vocabulary import (
    ActionStatus,
    ActivityStatus,
    ActivityType,
    IntakeChannel,
    Intervention,
    Modality,
    Origin,
    Priority,
    RequestStatus,
    Scope,
)


@dataclass(frozen=True, slots=True)
class Field:
    """One column."""

    name: str
    """Of the column of the table too, unless `is_own`."""
    headings: tuple[str, str, str, str]
    """English, French, Spanish, Portuguese."""
    read: Callable[[str], Any]
    needed: bool = False
    """Whether a new record needs it."""
    is_own: bool = False
    """Whether it stands in no column of its own: what it says is used otherwise."""
    only_json: bool = False
    """Too long for a cell of a sheet."""
    write: Callable[[Any], str] = terms.words


def _outcome(text: str) -> str:
    return terms.member(RequestOutcome)(text).value


def _scope(text: str) -> str:
    return terms.member(Scope)(text).value


def _needs(value: list[dict[str, Any]]) -> str:
    return "; ".join(terms.language_words(from_json(LanguageNeed, one)) for one in value)


def _topics(text: str) -> list[str]:
    return terms.many(terms.one_of(terms.topic_names(), "topic"))(text)


def _types(text: str) -> list[str]:
    return terms.many(terms.one_of(terms.activity_names(), "type of activity"))(text)


def _type(text: str) -> ActivityType:
    return ActivityType(terms.one_of(terms.activity_names(), "type of activity")(text))


def _areas(text: str) -> list[str]:
    return terms.many(terms.one_of(terms.area_names(), "thematic area"))(text)


def _region(text: str) -> str:
    return terms.one_of(terms.region_names(), "region")(text)


def _body(text: str) -> str:
    return terms.one_of(terms.body_names(), "regional body")(text)


_CODE = Field("code", ("Code", "Code", "Código", "Código"), terms.code, needed=True)
_COUNTRIES = Field(
    "countries", ("Countries", "Pays", "Países", "Países"), terms.many(terms.country)
)
_BODY = Field(
    "regional_body",
    ("Regional body", "Organisation régionale", "Organismo regional", "Organização regional"),
    _body,
)
_SCOPE = Field("scope", ("Scope", "Portée", "Alcance", "Âmbito"), _scope)
_TOPICS = Field("topics", ("Topics", "Thèmes", "Temas", "Temas"), _topics)
_AUTHORITY = Field("authority", ("Authority", "Autorité", "Autoridad", "Autoridade"), terms.line)
_ORIGIN = Field(
    "origin", ("Origin", "Origine", "Origen", "Origem"), terms.member(Origin), is_own=True
)
_FROM = Field(
    "imported_from",
    ("Imported from", "Importé de", "Importado de", "Importado de (sistema)"),
    terms.line,
    is_own=True,
)
REQUESTS = (
    _CODE,
    Field("title", ("Title", "Titre", "Título", "Título"), terms.line, needed=True),
    Field(
        "status",
        ("Status", "Statut", "Estado", "Estado"),
        terms.member(RequestStatus),
    ),
    Field("outcome", ("Outcome", "Issue", "Resultado", "Desfecho"), _outcome),
    Field(
        "outcome_reason",
        ("Reason of the outcome", "Motif", "Motivo", "Razão do desfecho"),
        terms.prose,
    ),
    Field(
        "forwarded_to",
        ("Forwarded to", "Transmis à", "Transmitido a", "Encaminhado para"),
        terms.line,
    ),
    _AUTHORITY,
    _COUNTRIES,
    _BODY,
    _SCOPE,
    _TOPICS,
    Field(
        "activities",
        ("Activities", "Activités", "Actividades", "Atividades"),
        _types,
    ),
    Field(
        "languages",
        ("Working languages", "Langues de travail", "Idiomas de trabajo", "Línguas de trabalho"),
        terms.languages_needed,
        write=_needs,
    ),
    Field(
        "received_on",
        ("Received on", "Reçue le", "Recibida el", "Recebido em"),
        terms.day,
    ),
    Field("channel", ("Channel", "Canal", "Vía", "Via"), terms.member(IntakeChannel)),
    Field("priority", ("Priority", "Priorité", "Prioridad", "Prioridade"), terms.member(Priority)),
    Field("starts", ("Starts", "Début", "Inicio", "Início"), terms.day),
    Field("ends", ("Ends", "Fin", "Fin (fecha)", "Fim"), terms.day),
    Field(
        "release_required",
        ("Release required", "Mise à disposition requise", "Requiere liberación",
         "Requer libertação"),
        terms.yes_or_no,
    ),
    Field(
        "action",
        ("Action", "Action", "Acción", "Ação"),
        terms.code,
        is_own=True,
    ),
    Field("text", ("Letter", "Lettre", "Carta", "Carta (texto)"), terms.prose, only_json=True),
    _ORIGIN,
    _FROM,
)  # fmt: skip
ACTIONS = (
    _CODE,
    Field("name", ("Name", "Nom", "Nombre", "Nome"), terms.line, needed=True),
    Field(
        "status",
        ("Status", "Statut", "Estado", "Estado"),
        terms.member(ActionStatus),
        needed=True,
    ),
    Field("on_hold", ("On hold", "En suspens", "En pausa", "Suspensa"), terms.yes_or_no),
    Field("region", ("Region", "Région", "Región", "Região"), _region),
    _SCOPE,
    _COUNTRIES,
    _BODY,
    _TOPICS,
    Field("areas", ("Areas", "Domaines", "Áreas", "Áreas"), _areas),
    _AUTHORITY,
    Field("objective", ("Objective", "Objectif", "Objetivo", "Objetivo"), terms.prose),
    Field("starts", ("Starts", "Début", "Inicio", "Início"), terms.partial_day),
    Field("ends", ("Ends", "Fin", "Fin (fecha)", "Fim"), terms.partial_day),
    _ORIGIN,
    _FROM,
)
ACTIVITIES = (
    Field("action", ("Action", "Action", "Acción", "Ação"), terms.code, needed=True, is_own=True),
    Field("number", ("Number", "Numéro", "Número", "Número"), terms.whole, needed=True),
    Field("type", ("Type", "Type", "Tipo", "Tipo"), _type, needed=True),
    Field(
        "also",
        ("Further types", "Autres types", "Otros tipos", "Outros tipos"),
        _types,
    ),
    Field("title", ("Title", "Titre", "Título", "Título"), terms.line, needed=True),
    Field("status", ("Status", "Statut", "Estado", "Estado"), terms.member(ActivityStatus)),
    Field(
        "intervention",
        ("Intervention", "Intervention", "Intervención", "Intervenção"),
        terms.member(Intervention),
    ),
    Field("modality", ("Modality", "Modalité", "Modalidad", "Modalidade"), terms.member(Modality)),
    Field("starts", ("Starts", "Début", "Inicio", "Início"), terms.partial_day),
    Field("ends", ("Ends", "Fin", "Fin (fecha)", "Fim"), terms.partial_day),
    Field("place", ("Place", "Lieu", "Lugar", "Local"), terms.line),
    Field("days", ("Days", "Jours", "Días", "Dias"), terms.whole),
    Field(
        "participants",
        ("Participants", "Participants", "Participantes", "Participantes"),
        terms.whole,
    ),
    Field("women", ("Women", "Femmes", "Mujeres", "Mulheres"), terms.whole),
)
FIELDS: dict[ExchangeKind, tuple[Field, ...]] = {
    ExchangeKind.REQUESTS: REQUESTS,
    ExchangeKind.ACTIONS: ACTIONS,
    ExchangeKind.ACTIVITIES: ACTIVITIES,
}
LOCALES = ("en", "fr", "es", "pt")
SHEETS: dict[ExchangeKind, tuple[str, str, str, str]] = {
    ExchangeKind.REQUESTS: ("Requests", "Demandes", "Solicitudes", "Pedidos"),
    ExchangeKind.ACTIONS: ("Actions", "Actions", "Acciones", "Ações"),
    ExchangeKind.ACTIVITIES: ("Activities", "Activités", "Actividades", "Atividades"),
}
"""How the sheets are called."""


@cache
def headings_of(kind: ExchangeKind) -> dict[str, str]:
    """Return folded heading → field; the name of a field is a heading as well."""
    held: dict[str, str] = {}
    for one in FIELDS[kind]:
        for heading in (one.name, one.name.replace("_", " "), *one.headings):
            held.setdefault(fold(heading), one.name)
    return held


def kind_of(header: tuple[str, ...], sheet: str = "") -> ExchangeKind | None:
    """Tell what a table is about: by the name of its sheet, else by its headings; None is neither.

    Activities name an Action and a number; Actions a name, requests a title.
    """
    for kind, names in SHEETS.items():
        if fold(sheet) in {fold(kind.value), *map(fold, names)}:
            return kind
    folded = {fold(one) for one in header}
    known = {
        kind: {headings_of(kind)[one] for one in folded if one in headings_of(kind)}
        for kind in ExchangeKind
    }
    if {"action", "number"} <= known[ExchangeKind.ACTIVITIES]:
        return ExchangeKind.ACTIVITIES
    for kind, key in ((ExchangeKind.REQUESTS, "title"), (ExchangeKind.ACTIONS, "name")):
        if {"code", key} <= known[kind]:
            return kind
    code_only = {kind for kind in known if "code" in known[kind] and len(known[kind]) > 1}
    return max(code_only, key=lambda kind: len(known[kind])) if code_only else None
