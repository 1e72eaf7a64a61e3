"""Written by `python -m tests.api.client_methods`: calls of running."""

from __future__ import annotations

from uuid import UUID

from api.bulk import BulkOut
from api.client.transport import Body, Transport, Wanted
from api.schemas.facilities import FacilityRulesOut, PrivacyRulesOut
from api.schemas.meta import ModelOut, ProblemKindsOut, VocabulariesOut
from api.schemas.reports import CatalogueOut, CountedRowsOut, PrintedOut, ReportOut
from api.schemas.taxonomy import TaxonomyTopicOut
from api.schemas.webhooks import DeliveryOut, WebhookOut, WebhookSecretOut


class Running(Transport):
    """Calls of running."""

    def get_catalogue(self) -> CatalogueOut:
        """Return the Actions of the facilities that publish them; nobody's name is among it."""
        return self.get("/catalogue", CatalogueOut)

    def set_statuses(self, body: Body) -> BulkOut:
        """Pause up to 100 people, bring them back or let them go; each is answered for herself."""
        return self.post("/experts/bulk/status", body, BulkOut)

    def get_privacy_rules(self) -> PrivacyRulesOut:
        """Return what the caller's facility says about data protection."""
        return self.get("/facility/privacy", PrivacyRulesOut)

    def set_privacy_rules(self, body: Body) -> PrivacyRulesOut:
        """Put what is said about data protection in place of what was said before, whole."""
        return self.put("/facility/privacy", body, PrivacyRulesOut)

    def get_rules(self) -> FacilityRulesOut:
        """Return the rules of the caller's facility."""
        return self.get("/facility/rules", FacilityRulesOut)

    def set_rules(self, body: Body) -> FacilityRulesOut:
        """Put rules in place of those before; what is left out has its usual value."""
        return self.put("/facility/rules", body, FacilityRulesOut)

    def get_model(self) -> ModelOut:
        """Return which model ranks, over how many people."""
        return self.get("/meta/model", ModelOut)

    def list_problems(self) -> ProblemKindsOut:
        """Return every kind of problem that the API answers with."""
        return self.get("/meta/problems", ProblemKindsOut)

    def get_vocabularies(self, **wanted: Wanted) -> VocabulariesOut:
        """Return every code that the API takes and gives."""
        return self.get("/meta/vocabularies", VocabulariesOut, **wanted)

    def get_report(self, **wanted: Wanted) -> ReportOut:
        """Return the figures of the facility for a period and a theme."""
        return self.get("/reports", ReportOut, **wanted)

    def list_printed(self) -> PrintedOut:
        """Return each printed figure beside the same computed, and why they differ."""
        return self.get("/reports/printed", PrintedOut)

    def list_counted_rows(self, **wanted: Wanted) -> CountedRowsOut:
        """Return the records that one figure counts; a look at people is written down."""
        return self.get("/reports/rows", CountedRowsOut, **wanted)

    def get_topic(self, code: str, **wanted: Wanted) -> TaxonomyTopicOut:
        """Return one topic."""
        return self.get(f"/taxonomy/topics/{code}", TaxonomyTopicOut, **wanted)

    def get_delivery(self, delivery_id: UUID) -> DeliveryOut:
        """Return how far one thing told has come."""
        return self.get(f"/webhook-deliveries/{delivery_id}", DeliveryOut)

    def send_delivery_again(self, delivery_id: UUID) -> DeliveryOut:
        """Send something once more, whether it was given up or lost over there."""
        return self.post(f"/webhook-deliveries/{delivery_id}/resend", None, DeliveryOut)

    def remove_webhook(self, webhook_id: UUID) -> None:
        """Tell a system no more; what waits for it, and its log, go."""
        self.do("DELETE", f"/webhooks/{webhook_id}")

    def get_webhook(self, webhook_id: UUID) -> WebhookOut:
        """Return one webhook."""
        return self.get(f"/webhooks/{webhook_id}", WebhookOut)

    def update_webhook(self, webhook_id: UUID, body: Body) -> WebhookOut:
        """Change name, address, kinds; or pause it, and tell it later what it missed."""
        return self.put(f"/webhooks/{webhook_id}", body, WebhookOut)

    def rotate_webhook_secret(self, webhook_id: UUID) -> WebhookSecretOut:
        """Make a new secret, shown this once; for a day the former one signs as well."""
        return self.post(f"/webhooks/{webhook_id}/secret", None, WebhookSecretOut)
