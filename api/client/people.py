"""Written by `python -m tests.api.client_methods`: calls of people."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from api.client.transport import Body, Transport, Wanted
from api.schemas.batches import BatchOut, BatchReceivedOut, BatchResultOut, ConfirmedOut, MappingOut
from api.schemas.experts import DecidedFactOut, ExpertRowOut
from api.schemas.people import DecidedOut, LetterOut, MergeOut, MergeProposalOut, NoticeOut


class People(Transport):
    """Calls of people."""

    def list_batches(self, **wanted: Wanted) -> Iterator[BatchOut]:
        """List the uploads of many files that the caller may see, the newest first."""
        return self.pages("/batches", BatchOut, **wanted)

    def cancel_batch(self, batch_id: UUID) -> BatchOut:
        """Call off what still waits; what was taken in stays."""
        return self.delete(f"/batches/{batch_id}", BatchOut)

    def get_one_batch(self, batch_id: UUID, **wanted: Wanted) -> BatchResultOut:
        """Return an upload with its counts and one page of its files or rows."""
        return self.get(f"/batches/{batch_id}", BatchResultOut, **wanted)

    def confirm_batch(self, batch_id: UUID) -> ConfirmedOut:
        """Put everybody of a list on the roster whose row holds nothing to look at."""
        return self.post(f"/batches/{batch_id}/confirmation", None, ConfirmedOut)

    def get_mapping(self, batch_id: UUID) -> MappingOut:
        """Return the columns of a list with our proposal, or with what was said of them."""
        return self.get(f"/batches/{batch_id}/mapping", MappingOut)

    def set_mapping(self, batch_id: UUID, body: Body) -> MappingOut:
        """Say what the columns of a list are about; those not named are left out."""
        return self.post(f"/batches/{batch_id}/mapping", body, MappingOut)

    def start_batch(self, batch_id: UUID, body: Body) -> BatchReceivedOut:
        """Begin with a list whose columns are named, or take in for good what was tried."""
        return self.post(f"/batches/{batch_id}/start", body, BatchReceivedOut)

    def confirm_cv(self, document_id: UUID, body: Body) -> ExpertRowOut:
        """Confirm what was read: the person is on the roster, and in the next ranking."""
        return self.post(f"/documents/{document_id}/confirmation", body, ExpertRowOut)

    def list_fact_decisions(self, expert_id: UUID, **wanted: Wanted) -> Iterator[DecidedFactOut]:
        """List the facts of a person that wait for a decision."""
        return self.pages(f"/experts/{expert_id}/decisions", DecidedFactOut, **wanted)

    def merge_records(self, expert_id: UUID, body: Body) -> MergeOut:
        """Let a record take in another of the same person; it can be undone."""
        return self.post(f"/experts/{expert_id}/merge", body, MergeOut)

    def set_status(self, expert_id: UUID, body: Body) -> ExpertRowOut:
        """Pause a person, bring her back, or let her go."""
        return self.post(f"/experts/{expert_id}/status", body, ExpertRowOut)

    def add_unavailability(self, expert_id: UUID, body: Body) -> ExpertRowOut:
        """Write that a person cannot travel from one day to another."""
        return self.post(f"/experts/{expert_id}/unavailability", body, ExpertRowOut)

    def get_decided_fact(self, fact_id: UUID, **wanted: Wanted) -> DecidedFactOut:
        """Return one fact with the decision that stands on it; the look is recorded."""
        return self.get(f"/facts/{fact_id}", DecidedFactOut, **wanted)

    def decide_fact(self, fact_id: UUID, body: Body) -> DecidedFactOut:
        """Say of one fact that waits whether it is right; said again it does no more."""
        return self.post(f"/facts/{fact_id}/decision", body, DecidedFactOut)

    def undo_fact_decision(self, fact_id: UUID, body: Body) -> DecidedFactOut:
        """Take back what was decided on one fact: it waits again."""
        return self.post(f"/facts/{fact_id}/undo", body, DecidedFactOut)

    def list_merge_proposals(self, **wanted: Wanted) -> Iterator[MergeProposalOut]:
        """List pairs of records that may be one person and that the caller may both change."""
        return self.pages("/merge-proposals", MergeProposalOut, **wanted)

    def get_merge_proposal(self, proposal_id: UUID) -> MergeProposalOut:
        """Return one pair of records that may be one person."""
        return self.get(f"/merge-proposals/{proposal_id}", MergeProposalOut)

    def decide_merge_proposal(self, proposal_id: UUID, body: Body) -> DecidedOut:
        """Say whether two records are one person; if so, they become one."""
        return self.post(f"/merge-proposals/{proposal_id}", body, DecidedOut)

    def get_one_merge(self, merge_id: UUID) -> MergeOut:
        """Return one merge of two records, by their ids."""
        return self.get(f"/merges/{merge_id}", MergeOut)

    def undo_merge(self, merge_id: UUID) -> ExpertRowOut:
        """Part two records again; answers the one that comes back."""
        return self.post(f"/merges/{merge_id}/undo", None, ExpertRowOut)

    def list_notices(self, **wanted: Wanted) -> Iterator[NoticeOut]:
        """List the notices to people whose records the caller keeps, the oldest first."""
        return self.pages("/notices", NoticeOut, **wanted)

    def get_one_notice(self, notice_id: UUID) -> NoticeOut:
        """Return one notice as it stands, without opening its letter."""
        return self.get(f"/notices/{notice_id}", NoticeOut)

    def hand_over_notice(self, notice_id: UUID) -> NoticeOut:
        """Say that the letter reached the person; 409 where nobody opened it yet."""
        return self.post(f"/notices/{notice_id}/handed-over", None, NoticeOut)

    def open_letter(self, notice_id: UUID) -> LetterOut:
        """Return the letter with its personal link; that it was opened is written down."""
        return self.get(f"/notices/{notice_id}/letter", LetterOut)
