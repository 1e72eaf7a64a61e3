"""Written by `python -m tests.api.client_methods`: calls of choosing."""

from __future__ import annotations

from uuid import UUID

from api.client.transport import Body, Transport, Wanted
from api.schemas.outreach import OutreachOut
from api.schemas.portfolios import PortfolioOut
from api.schemas.rankings import NamesOut
from api.schemas.reviews import ReplayOut, WhyNotOut
from api.schemas.search import SearchOut
from api.schemas.shortlists import EntryOut
from api.schemas.teams import TeamAnswerOut, TeamOut, TeamsAnswerOut, TeamsOut
from api.schemas.teams import WhyNotOut as TeamsWhyNotOut


class Choosing(Transport):
    """Calls of choosing."""

    def plan_portfolio(self, body: Body) -> PortfolioOut:
        """Plan teams for all open requests of a period together; keep nothing."""
        return self.post("/portfolios", body, PortfolioOut)

    def explain_place(self, ranking_id: UUID, expert_id: UUID, **wanted: Wanted) -> WhyNotOut:
        """Say where a person stands in a ranking, what the tenth has more of, what would help."""
        return self.get(f"/rankings/{ranking_id}/experts/{expert_id}", WhyNotOut, **wanted)

    def replay_ranking(self, ranking_id: UUID) -> ReplayOut:
        """Make a stored ranking again over the present records; say what differs and why."""
        return self.get(f"/rankings/{ranking_id}/replay", ReplayOut)

    def open_names(self, request_id: UUID, body: Body) -> NamesOut:
        """Open names that the lists of a request keep back; each opening is written down."""
        return self.post(f"/requests/{request_id}/names", body, NamesOut)

    def read_outreach(self, request_id: UUID) -> OutreachOut:
        """Say which Member States to ask first for this request, and why."""
        return self.get(f"/requests/{request_id}/outreach", OutreachOut)

    def add_one_to_shortlist(self, request_id: UUID, body: Body) -> EntryOut:
        """Put a person on the shortlist; the same person twice changes nothing."""
        return self.post(f"/requests/{request_id}/shortlist", body, EntryOut)

    def list_teams(self, request_id: UUID) -> TeamsOut:
        """Return the teams kept for a request, the newest first."""
        return self.get(f"/requests/{request_id}/teams", TeamsOut)

    def keep_team(self, request_id: UUID, body: Body) -> TeamOut:
        """Keep one of the proposals, with its seats, alternates and rules as they were."""
        return self.post(f"/requests/{request_id}/teams", body, TeamOut)

    def compose_team_of_ranking(self, request_id: UUID, body: Body) -> TeamAnswerOut:
        """Compose up to three teams that differ; none is an answer too, with the ways out."""
        return self.post(f"/requests/{request_id}/teams/compose", body, TeamAnswerOut)

    def explain_why_not(self, request_id: UUID, body: Body) -> TeamsWhyNotOut:
        """Say why somebody sits in none of the teams that these rules give."""
        return self.post(f"/requests/{request_id}/teams/why-not", body, TeamsWhyNotOut)

    def find(self, body: Body) -> SearchOut:
        """Find records by words, in any language, with or without accents."""
        return self.post("/search", body, SearchOut)

    def get_one_entry(self, entry_id: UUID) -> EntryOut:
        """Return one person on a shortlist, with her moves from stage to stage."""
        return self.get(f"/shortlist-entries/{entry_id}", EntryOut)

    def set_note(self, entry_id: UUID, body: Body) -> EntryOut:
        """Rewrite the note on a person."""
        return self.put(f"/shortlist-entries/{entry_id}/note", body, EntryOut)

    def move_entry(self, entry_id: UUID, body: Body) -> EntryOut:
        """Move a person to another stage; whoever leaves the list leaves with a reason."""
        return self.post(f"/shortlist-entries/{entry_id}/stage", body, EntryOut)

    def compose_teams(self, body: Body) -> TeamsAnswerOut:
        """Compose teams for a need, stored or not, and say why not of anybody; keep nothing."""
        return self.post("/teams", body, TeamsAnswerOut)

    def get_one_team(self, team_id: UUID) -> TeamOut:
        """Return one kept team with its seats, alternates and rules."""
        return self.get(f"/teams/{team_id}", TeamOut)
