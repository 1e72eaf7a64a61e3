"""Written by `python -m tests.api.client_methods`: calls of intake."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from api.client.transport import Body, Transport, Wanted
from api.schemas.base import HeadOut
from api.schemas.fiches import (
    BallotOut,
    CommentsOut,
    ConsultationsOut,
    DecisionOut,
    DecisionsOut,
    FicheChangesOut,
    FicheGuestOut,
    FicheGuestsOut,
    FicheOut,
    FichesOut,
    GuestLinkOut,
    RequestHeadsOut,
)
from api.schemas.requests import RequestHeadOut
from api.schemas.screening import GuidelinesOut, RoundOut, ScreeningOut


class Intake(Transport):
    """Calls of intake."""

    def get_one_fiche(self, fiche_id: UUID) -> FicheOut:
        """Return one version of an action fiche."""
        return self.get(f"/fiches/{fiche_id}", FicheOut)

    def change_fiche(self, fiche_id: UUID, body: Body) -> FicheOut:
        """Rewrite a draft; what was shared or submitted is changed in a new version."""
        return self.put(f"/fiches/{fiche_id}", body, FicheOut)

    def comment_on_fiche(self, fiche_id: UUID, body: Body) -> HeadOut:
        """Remark on a fiche, on one part of it or on all of it."""
        return self.post(f"/fiches/{fiche_id}/comments", body, HeadOut)

    def share_fiche(self, fiche_id: UUID) -> FicheOut:
        """Show a draft to the requesting authority and the delegation, to be commented on."""
        return self.post(f"/fiches/{fiche_id}/share", None, FicheOut)

    def submit_fiche(self, fiche_id: UUID) -> FicheOut:
        """Lay a version before the steering body; no word of it changes any more."""
        return self.post(f"/fiches/{fiche_id}/submit", None, FicheOut)

    def get_one_guest(self, guest_id: UUID) -> FicheGuestOut:
        """Return who reads a fiche by a personal link."""
        return self.get(f"/guests/{guest_id}", FicheGuestOut)

    def show_guest_link(self, guest_id: UUID) -> GuestLinkOut:
        """Show a personal link again, to hand it over."""
        return self.post(f"/guests/{guest_id}/link", None, GuestLinkOut)

    def mail_guest_link(self, guest_id: UUID) -> HeadOut:
        """Put a personal link into the outgoing mail."""
        return self.post(f"/guests/{guest_id}/mail", None, HeadOut)

    def revoke_guest(self, guest_id: UUID) -> HeadOut:
        """Close a personal link at once; what its holder said stays."""
        return self.post(f"/guests/{guest_id}/revoke", None, HeadOut)

    def list_guidelines(self, **wanted: Wanted) -> Iterator[GuidelinesOut]:
        """List every version of the guidelines for applicants, the newest first."""
        return self.pages("/guidelines", GuidelinesOut, **wanted)

    def add_guidelines(self, body: Body) -> HeadOut:
        """Write a new version of the guidelines; earlier ones stay."""
        return self.post("/guidelines", body, HeadOut)

    def get_one_version(self, guidelines_id: UUID) -> GuidelinesOut:
        """Return one version of the guidelines for applicants."""
        return self.get(f"/guidelines/{guidelines_id}", GuidelinesOut)

    def join_requests(self, body: Body) -> RequestHeadOut:
        """Join several requests into one regional request; each says as what it goes on."""
        return self.post("/requests/join", body, RequestHeadOut)

    def list_comments(self, request_id: UUID) -> CommentsOut:
        """Return what was said of the fiche of a request, the newest first."""
        return self.get(f"/requests/{request_id}/comments", CommentsOut)

    def list_consultations(self, request_id: UUID) -> ConsultationsOut:
        """Return the talks about the fiche of a request, the newest first."""
        return self.get(f"/requests/{request_id}/consultations", ConsultationsOut)

    def record_consultation(self, request_id: UUID, body: Body) -> HeadOut:
        """Write down a talk about the fiche."""
        return self.post(f"/requests/{request_id}/consultations", body, HeadOut)

    def list_decisions(self, request_id: UUID) -> DecisionsOut:
        """Return what was decided of a request, the newest first."""
        return self.get(f"/requests/{request_id}/decisions", DecisionsOut)

    def decide(self, request_id: UUID, body: Body) -> DecisionOut:
        """Record a decision: approve, reject, or forward to a facility here or a body outside."""
        return self.post(f"/requests/{request_id}/decisions", body, DecisionOut)

    def list_fiches(self, request_id: UUID) -> FichesOut:
        """Return every version of the action fiche of a request, the newest first."""
        return self.get(f"/requests/{request_id}/fiches", FichesOut)

    def draft_fiche(self, request_id: UUID, body: Body | None = None) -> FicheOut:
        """Begin a version; without a body as the newest one, or from the request's fields."""
        return self.post(f"/requests/{request_id}/fiches", body, FicheOut)

    def compare_fiches(self, request_id: UUID, **wanted: Wanted) -> FicheChangesOut:
        """Return what one version of the fiche says otherwise than another, part by part."""
        return self.get(f"/requests/{request_id}/fiches/changes", FicheChangesOut, **wanted)

    def list_guests(self, request_id: UUID) -> FicheGuestsOut:
        """Return who reads the fiche of a request by a personal link."""
        return self.get(f"/requests/{request_id}/guests", FicheGuestsOut)

    def invite_guest(self, request_id: UUID, body: Body) -> GuestLinkOut:
        """Make a personal link to the fiche: for the authority."""
        return self.post(f"/requests/{request_id}/guests", body, GuestLinkOut)

    def get_screening(self, request_id: UUID) -> ScreeningOut:
        """Return the checklist of a request."""
        return self.get(f"/requests/{request_id}/screening", ScreeningOut)

    def answer_screening(self, request_id: UUID, body: Body) -> ScreeningOut:
        """Answer points of the checklist; those left out stay as they are."""
        return self.put(f"/requests/{request_id}/screening", body, ScreeningOut)

    def split_request(self, request_id: UUID, body: Body) -> RequestHeadsOut:
        """Split a request into several; it stays and says as what it goes on."""
        return self.post(f"/requests/{request_id}/split", body, RequestHeadsOut)

    def move_request(self, request_id: UUID, body: Body) -> RequestHeadOut:
        """Move a request one step on."""
        return self.post(f"/requests/{request_id}/status", body, RequestHeadOut)

    def list_votes(self, request_id: UUID) -> BallotOut:
        """Return how the steering body stands towards the fiche that lies before it."""
        return self.get(f"/requests/{request_id}/votes", BallotOut)

    def list_rounds(self, **wanted: Wanted) -> Iterator[RoundOut]:
        """List the application rounds of the facility, the newest first."""
        return self.pages("/rounds", RoundOut, **wanted)

    def open_round(self, body: Body) -> HeadOut:
        """Set an application round; requests received in it fall into it at once."""
        return self.post("/rounds", body, HeadOut)

    def get_one_round(self, round_id: UUID) -> RoundOut:
        """Return one application round with the number of its requests."""
        return self.get(f"/rounds/{round_id}", RoundOut)

    def change_round(self, round_id: UUID, body: Body) -> HeadOut:
        """Change an application round; requests that fall outside its new days leave it."""
        return self.put(f"/rounds/{round_id}", body, HeadOut)
