"""A typed client of the API, for scripts and tests; `docs/cookbook.md` shows it at work.

::

    with Client("http://127.0.0.1:8000", key) as roster:
        found = roster.match({"title": "Migration statistics", "topics": ["data_management"]})
        print([one.person.display_name for one in found.people])

Answers are the shapes of `api.schemas`. Every POST carries an `Idempotency-Key` of its own and is
sent again when the connection breaks, so that nothing is done twice. Whoever is told to wait waits.
Every operation has a method: the common ones below in their own words, the others under the name
that the reference gives them. Filters of a list are those of the reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from api.bulk import BulkOut
from api.client.calling import Calling
from api.client.choosing import Choosing
from api.client.delivery import Delivery
from api.client.intake import Intake
from api.client.learning import Learning
from api.client.people import People
from api.client.running import Running
from api.client.transport import Body, Refused, Wanted
from api.schemas.actions import ActionOut, ActionRowOut, FiguresOut
from api.schemas.batches import BatchReceivedOut
from api.schemas.calls import CallOut
from api.schemas.documents import DocumentRowOut, UploadOut
from api.schemas.experts import (
    ExpertRecordOut,
    ExpertRowOut,
    ExpertViewOut,
    FactOut,
)
from api.schemas.meta import MeOut
from api.schemas.rankings import MatchOut, RankingPageOut
from api.schemas.readings import ReadingOut
from api.schemas.reports import ExchangeOut
from api.schemas.requests import (
    LetterOut,
    NeedOut,
    RequestDetailOut,
    RequestHeadOut,
    RequestRowOut,
)
from api.schemas.shortlists import ShortlistOut
from api.schemas.taxonomy import TaxonomyOut
from api.schemas.teams import TeamAnswerOut
from api.schemas.webhooks import DeliveryOut, WebhookOut, WebhookSecretOut
from roster.vocabulary import DocumentState

__all__ = ["Client", "Refused"]

_UNREAD = frozenset({DocumentState.RECEIVED, DocumentState.READING})


class Client(Calling, Choosing, Delivery, Intake, Learning, People, Running):
    """Calls one installation with one key.

    Parameters
    ----------
    address : of the installation, without a path
    key : as `roster key issue` prints it
    transport : for tests, the application itself
    wait : sleeps so many seconds; a test counts them instead
    """

    # --- Who, and the terms -----------------------------------------------------------------------

    def me(self) -> MeOut:
        """Return who is calling."""
        return self.get("/me", MeOut)

    def taxonomy(self, locale: str = "en") -> TaxonomyOut:
        """Return topics, areas and countries, with EuroVoc and ESCO addresses."""
        return self.get("/taxonomy", TaxonomyOut, locale=locale)

    # --- Requests and rankings --------------------------------------------------------------------

    def requests(self, **wanted: Wanted) -> Iterator[RequestRowOut]:
        """Yield the requests of the facility, page by page."""
        return self.pages("/requests", RequestRowOut, **wanted)

    def request(self, request_id: UUID) -> RequestDetailOut:
        """Return a request with its history; what was read is what `update_request` changes."""
        return self.get(f"/requests/{request_id}", RequestDetailOut)

    def create_request(self, request: Body) -> RequestHeadOut:
        """Take a request in."""
        return self.post("/requests", request, RequestHeadOut)

    def create_requests(self, requests: list[Body]) -> BulkOut:
        """Take many requests in, with a result for each."""
        return self.post("/requests/bulk", {"items": requests}, BulkOut)

    def update_request(self, request_id: UUID, request: Body) -> RequestHeadOut:
        """Change a request, only if nobody changed it since this client read it.

        Raises
        ------
        Refused
            Somebody did: `problem.status` is 412.
        """
        return self.put(f"/requests/{request_id}", request, RequestHeadOut)

    def read_letter(self, text: str) -> LetterOut:
        """Read a letter into proposed fields."""
        answer = self.call("POST", "/requests/read-letter", data={"text": text})
        return LetterOut.model_validate_json(answer.content)

    def match(
        self,
        request: Body | UUID,
        *,
        top: int = 20,
        weights: Mapping[str, float] | None = None,
        keep: bool = False,
    ) -> MatchOut:
        """Return who fits a need given here, or the stored request of an id.

        Parameters
        ----------
        keep : the run of a stored request is kept, and `run_id` tells it
        """
        need = "request_id" if isinstance(request, UUID) else "request"
        value = str(request) if isinstance(request, UUID) else dict(request)
        body = {need: value, "top": top, "weights": dict(weights or {}), "keep": keep}
        return self.post("/match", body, MatchOut)

    def rank(self, request_id: UUID) -> RankingPageOut:
        """Rank for a stored request and keep the run."""
        return self.post(f"/requests/{request_id}/rankings", {}, RankingPageOut)

    def ranking(self, ranking_id: UUID, page: int = 1) -> RankingPageOut:
        """Return one page of a kept ranking, as it was."""
        return self.get(f"/rankings/{ranking_id}", RankingPageOut, page=page)

    def shortlist(self, request_id: UUID) -> ShortlistOut:
        """Return who stands on the shortlist of a request."""
        return self.get(f"/requests/{request_id}/shortlist", ShortlistOut)

    def add_to_shortlist(self, request_id: UUID, expert_ids: list[UUID]) -> BulkOut:
        """Put people on the shortlist of a request, with a result for each."""
        items = [{"expert_id": str(one)} for one in expert_ids]
        return self.post(f"/requests/{request_id}/shortlist/bulk", {"items": items}, BulkOut)

    def compose_team(self, request: Body, team: Body) -> TeamAnswerOut:
        """Compose a team for a need that is not stored."""
        return self.post("/teams/compose", {"request": request, "team": team}, TeamAnswerOut)

    # --- People -----------------------------------------------------------------------------------

    def experts(self, **wanted: Wanted) -> Iterator[ExpertRowOut]:
        """Yield the people whom the key may know of, page by page."""
        return self.pages("/experts", ExpertRowOut, **wanted)

    def expert(self, expert_id: UUID, *, purpose: str = "api") -> ExpertRecordOut:
        """Return all that is held on a person; the look is recorded with its purpose."""
        return self.get(f"/experts/{expert_id}", ExpertRecordOut, purpose=purpose)

    def facts(self, expert_id: UUID, **wanted: Wanted) -> Iterator[FactOut]:
        """Yield the standing facts of a person, with source and quote."""
        return self.pages(f"/experts/{expert_id}/facts", FactOut, **wanted)

    def cv(self, expert_id: UUID, form: str = "europass", *, anonymous: bool = False) -> bytes:
        """Return a record as a CV: `europass` is XML, `json-resume` JSON."""
        wanted = {"form": form, "anonymous": str(anonymous).lower()}
        return self.call("GET", f"/experts/{expert_id}/cv", params=wanted).content

    def upload(self, path: Path, country: str | None = None) -> UploadOut:
        """Hand a CV in; `wait_for` says when it was read."""
        files = [("file", (path.name, path.read_bytes()))]
        return self.send("/documents", UploadOut, files, country=country)

    def send_batch(self, paths: Sequence[Path], **form: str | None) -> BatchReceivedOut:
        """Hand many CVs or lists in, with `country` and `trial` as the form has them."""
        files = [("files", (one.name, one.read_bytes())) for one in paths]
        return self.send("/batches", BatchReceivedOut, files, **form)

    def documents(self, **wanted: Wanted) -> Iterator[DocumentRowOut]:
        """Yield CVs with how far each has come."""
        return self.pages("/documents", DocumentRowOut, **wanted)

    def reading(self, document_id: UUID) -> ReadingOut:
        """Return what was read in a CV."""
        return self.get(f"/documents/{document_id}", ReadingOut)

    def wait_for(self, document_id: UUID, *, most_s: float = 60.0) -> ReadingOut:
        """Return what was read in a CV once it was read or refused; the last state after a time."""
        waited = 0.0
        while True:
            found = self.reading(document_id)
            if found.document.state not in _UNREAD or waited >= most_s:
                return found
            self._wait(1.0)
            waited += 1.0

    # --- Actions, calls, reports ------------------------------------------------------------------

    def actions(self, **wanted: Wanted) -> Iterator[ActionRowOut]:
        """Yield Actions, page by page."""
        return self.pages("/actions", ActionRowOut, **wanted)

    def action(self, code: str) -> ActionOut:
        """Return an Action with its present plan."""
        return self.get(f"/actions/{code}", ActionOut)

    def figures(self) -> FiguresOut:
        """Return the figures of the facility, computed from its Actions."""
        return self.get("/actions/figures", FiguresOut)

    def calls(self, **wanted: Wanted) -> Iterator[CallOut]:
        """Yield the calls for experts, page by page."""
        return self.pages("/calls", CallOut, **wanted)

    # --- Whole lists ------------------------------------------------------------------------------

    def export_experts(self) -> Iterator[ExpertViewOut]:
        """Yield everybody on the roster, as they arrive."""
        return self.lines("/exports/experts", ExpertViewOut)

    def export_requests(self) -> Iterator[NeedOut]:
        """Yield every request, as they arrive."""
        return self.lines("/exports/requests", NeedOut)

    def export_actions(self) -> Iterator[ActionOut]:
        """Yield every Action, as they arrive."""
        return self.lines("/exports/actions", ActionOut)

    def take_out(self, *what: str, form: str = "json") -> bytes:
        """Return records as a file, to be brought in elsewhere; `form` is json, xlsx or csv."""
        wanted = {"what": list(what), "format": form}
        return self.call("GET", "/exchange", params=wanted).content

    def bring_in(self, path: Path, **form: str | None) -> ExchangeOut:
        """Take records of another system in, with the fields of the form."""
        files = [("file", (path.name, path.read_bytes()))]
        return self.send("/exchange", ExchangeOut, files, **form)

    # --- Webhooks ---------------------------------------------------------------------------------

    def webhooks(self) -> Iterator[WebhookOut]:
        """Yield whom the facility tells of changes, page by page."""
        return self.pages("/webhooks", WebhookOut)

    def add_webhook(self, label: str, url: str, kinds: list[str]) -> WebhookSecretOut:
        """Tell another system of changes; keep the secret, it is shown this once."""
        given = {"label": label, "url": url, "kinds": kinds}
        return self.post("/webhooks", given, WebhookSecretOut)

    def deliveries(self, webhook_id: UUID) -> Iterator[DeliveryOut]:
        """Yield what a system was told, the newest first."""
        return self.pages(f"/webhooks/{webhook_id}/deliveries", DeliveryOut)
