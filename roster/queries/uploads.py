"""What is asked before a file is taken in: is it here already, and whose people is it about."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, select

from roster.errors import FieldError, InvalidInput, UnknownTerm
from roster.policy import Actor, Permission
from roster.reference import countries
from roster.tables import Document
from roster.vocabulary import DocumentKind, DocumentState


def known_document(
    session: Session, facility_id: UUID, sha256: str, country: str | None
) -> Document | None:
    """Return the document that holds the same bytes for the same country; refused ones do not."""
    return session.exec(
        select(Document).where(
            Document.facility_id == facility_id,
            Document.sha256 == sha256,
            Document.country == country,
            Document.kind == DocumentKind.CV,
            Document.state != DocumentState.REFUSED,
        )
    ).first()


def country_of_upload(actor: Actor, given: str | None) -> str | None:
    """Return the country whose people an actor sends; None: no single one.

    Raises
    ------
    UnknownTerm
        The country is none.
    InvalidInput
        The country is not the actor's, or is not named by somebody who answers for several.
    """
    if given is not None and not countries.is_country(given):
        raise UnknownTerm(
            "Say for which country this is.",
            errors=(FieldError("/country", "Give the two letters of ISO 3166-1, for example PT."),),
        )
    allowed = {grant.country for grant in actor.grants_for(Permission.UPLOAD_CVS)}
    if actor.is_system or None in allowed:
        return given
    if given is not None and given not in allowed:
        raise InvalidInput(
            "You can upload for your own country only.",
            errors=(FieldError("/country", "Choose a country that you are focal point of."),),
        )
    if given is None and len(allowed) != 1:
        raise InvalidInput(
            "Say for which country this is.",
            errors=(FieldError("/country", "Choose one of the countries you answer for."),),
        )
    return given or next(iter(allowed))
