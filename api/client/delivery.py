"""Written by `python -m tests.api.client_methods`: calls of delivery."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from api.client.transport import Body, Transport, Wanted
from api.schemas.actions import (
    ActionHistoryOut,
    ActionOut,
    DeploymentOut,
    DeploymentsOut,
    FollowUpOut,
    PlanBookOut,
    PlanDifferenceOut,
)


class Delivery(Transport):
    """Calls of delivery."""

    def write_action(self, body: Body) -> ActionOut:
        """Write an Action down by hand, with an empty draft of its plan."""
        return self.post("/actions", body, ActionOut)

    def list_follow_ups(self, **wanted: Wanted) -> Iterator[FollowUpOut]:
        """Return what is asked of closed Actions: open questions first, each by its day."""
        return self.pages("/actions/follow-ups", FollowUpOut, **wanted)

    def correct_action(self, code: str, body: Body) -> ActionOut:
        """Correct what is written of an Action; what is left out is emptied."""
        return self.put(f"/actions/{code}", body, ActionOut)

    def report_activity(self, code: str, lineage: UUID, body: Body) -> PlanBookOut:
        """Say what came of an activity of the approved plan."""
        return self.put(f"/actions/{code}/activities/{lineage}", body, PlanBookOut)

    def list_deployments(self, code: str) -> DeploymentsOut:
        """Return who is sent for an Action, with checklists and overlaps."""
        return self.get(f"/actions/{code}/deployments", DeploymentsOut)

    def plan_deployment(self, code: str, body: Body) -> DeploymentOut:
        """Plan that somebody goes: on these days she is away for every other request."""
        return self.post(f"/actions/{code}/deployments", body, DeploymentOut)

    def list_follow_ups_of_action(self, code: str, **wanted: Wanted) -> Iterator[FollowUpOut]:
        """Return what is asked of one closed Action."""
        return self.pages(f"/actions/{code}/follow-ups", FollowUpOut, **wanted)

    def get_action_history(self, code: str) -> ActionHistoryOut:
        """Return every step of an Action's life with who, when and why."""
        return self.get(f"/actions/{code}/history", ActionHistoryOut)

    def list_plans(self, code: str) -> PlanBookOut:
        """Return every version of an Action's plan."""
        return self.get(f"/actions/{code}/plans", PlanBookOut)

    def draft_plan(self, code: str) -> PlanBookOut:
        """Begin a new version as a copy of the approved one."""
        return self.post(f"/actions/{code}/plans", None, PlanBookOut)

    def compare_plans(self, code: str, **wanted: Wanted) -> PlanDifferenceOut:
        """Say what changed from one version to another: added, dropped, changed fields."""
        return self.get(f"/actions/{code}/plans/difference", PlanDifferenceOut, **wanted)

    def discard_plan(self, code: str) -> PlanBookOut:
        """Throw the draft away; the approved version stays as it is."""
        return self.delete(f"/actions/{code}/plans/draft", PlanBookOut)

    def add_activity(self, code: str, body: Body) -> PlanBookOut:
        """Add an activity to the end of the draft."""
        return self.post(f"/actions/{code}/plans/draft/activities", body, PlanBookOut)

    def drop_activity(self, code: str, lineage: UUID) -> PlanBookOut:
        """Take an activity out of the draft."""
        return self.delete(f"/actions/{code}/plans/draft/activities/{lineage}", PlanBookOut)

    def change_activity(self, code: str, lineage: UUID, body: Body) -> PlanBookOut:
        """Change an activity of the draft; what is left out is emptied."""
        return self.put(f"/actions/{code}/plans/draft/activities/{lineage}", body, PlanBookOut)

    def place_activity(self, code: str, lineage: UUID, body: Body) -> PlanBookOut:
        """Move an activity one place up or down in the draft."""
        return self.post(
            f"/actions/{code}/plans/draft/activities/{lineage}/place", body, PlanBookOut
        )

    def approve_plan(self, code: str, body: Body) -> PlanBookOut:
        """Approve the draft with a reason; the version before stays to be read."""
        return self.post(f"/actions/{code}/plans/draft/approval", body, PlanBookOut)

    def expect_result(self, code: str, body: Body) -> ActionOut:
        """Add a result that the Action is to reach."""
        return self.post(f"/actions/{code}/results", body, ActionOut)

    def judge_result(self, code: str, result_id: UUID, body: Body) -> ActionOut:
        """Say how far a result was reached, and what shows it."""
        return self.put(f"/actions/{code}/results/{result_id}", body, ActionOut)

    def move_action(self, code: str, body: Body) -> ActionOut:
        """Move an Action on, hold it, take it up again, close or cancel it."""
        return self.post(f"/actions/{code}/status", body, ActionOut)

    def get_one_deployment(self, deployment_id: UUID) -> DeploymentOut:
        """Return one deployment with its checklist and overlaps."""
        return self.get(f"/deployments/{deployment_id}", DeploymentOut)

    def change_deployment(self, deployment_id: UUID, body: Body) -> DeploymentOut:
        """Change the part, the days or the dates of somebody who is to go."""
        return self.put(f"/deployments/{deployment_id}", body, DeploymentOut)

    def cancel_deployment(self, deployment_id: UUID, body: Body) -> DeploymentOut:
        """Call a planned deployment off; ticks of its checklist stay."""
        return self.post(f"/deployments/{deployment_id}/cancel", body, DeploymentOut)

    def finish_deployment(self, deployment_id: UUID) -> DeploymentOut:
        """Write down that somebody went: from now on it is evidence in her record."""
        return self.post(f"/deployments/{deployment_id}/done", None, DeploymentOut)

    def tick_step(self, deployment_id: UUID, body: Body) -> DeploymentOut:
        """Tick a line of the checklist; without a day, take its tick away."""
        return self.post(f"/deployments/{deployment_id}/steps", body, DeploymentOut)

    def get_one_follow_up(self, follow_up_id: UUID) -> FollowUpOut:
        """Return one question about a closed Action."""
        return self.get(f"/follow-ups/{follow_up_id}", FollowUpOut)

    def answer_follow_up(self, follow_up_id: UUID, body: Body) -> FollowUpOut:
        """Say what became of an Action after it closed, and where that was learnt."""
        return self.put(f"/follow-ups/{follow_up_id}", body, FollowUpOut)

    def begin_action(self, request_id: UUID) -> ActionOut:
        """Make an Action of an approved request: its fiche is the plan."""
        return self.post(f"/requests/{request_id}/action", None, ActionOut)
