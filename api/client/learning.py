"""Written by `python -m tests.api.client_methods`: calls of learning."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from api.client.transport import Body, Transport, Wanted
from api.schemas.feedback import (
    AnsweredOut,
    FeedbackResultsOut,
    FindingOut,
    InquiryDetailOut,
    InquiryOut,
    QuestionnaireOut,
    QuestionnairesOut,
    RatingsOut,
)
from api.schemas.lessons import (
    LessonDetailOut,
    LessonOut,
    ProfileEntryOut,
    ProfileOut,
    SurroundingsOut,
    WorkingGroupOut,
)


class Learning(Transport):
    """Calls of learning."""

    def record_finding(self, code: str, body: Body) -> FindingOut:
        """Write down one thing found about an Action; what comes back in three is proposed."""
        return self.post(f"/actions/{code}/findings", body, FindingOut)

    def send_inquiry(self, code: str, body: Body) -> InquiryDetailOut:
        """Send a questionnaire out: a link to each person, or one for a room."""
        return self.post(f"/actions/{code}/inquiries", body, InquiryDetailOut)

    def get_profile(self, country: str) -> ProfileOut:
        """Return the sections of a country's migration profile; an empty one nobody wrote yet."""
        return self.get(f"/countries/{country}/profile", ProfileOut)

    def get_section(self, country: str, section: str) -> ProfileEntryOut:
        """Return one section of a country's migration profile."""
        return self.get(f"/countries/{country}/profile/{section}", ProfileEntryOut)

    def write_section(self, country: str, section: str, body: Body) -> ProfileEntryOut:
        """Write one section of a country's migration profile."""
        return self.put(f"/countries/{country}/profile/{section}", body, ProfileEntryOut)

    def get_ratings(self, expert_id: UUID) -> RatingsOut:
        """Return what others said of a person's work, where the facility rates named people."""
        return self.get(f"/experts/{expert_id}/ratings", RatingsOut)

    def contest_ratings(self, expert_id: UUID, body: Body) -> RatingsOut:
        """Put the person's own note beside what others said of her work; only she may."""
        return self.post(f"/experts/{expert_id}/ratings", body, RatingsOut)

    def get_feedback(self, **wanted: Wanted) -> FeedbackResultsOut:
        """Return what was said, added up: of an activity, of an Action, else of the facility."""
        return self.get("/feedback", FeedbackResultsOut, **wanted)

    def list_findings(self, **wanted: Wanted) -> Iterator[FindingOut]:
        """List findings, by Action."""
        return self.pages("/findings", FindingOut, **wanted)

    def drop_finding(self, finding_id: UUID) -> None:
        """Take a finding out; lessons that rest on it keep their words."""
        self.do("DELETE", f"/findings/{finding_id}")

    def get_one_finding(self, finding_id: UUID) -> FindingOut:
        """Return one finding."""
        return self.get(f"/findings/{finding_id}", FindingOut)

    def change_finding(self, finding_id: UUID, body: Body) -> FindingOut:
        """Correct a finding."""
        return self.put(f"/findings/{finding_id}", body, FindingOut)

    def list_inquiries(self, **wanted: Wanted) -> Iterator[InquiryOut]:
        """List what was sent out, the newest first."""
        return self.pages("/inquiries", InquiryOut, **wanted)

    def get_inquiry(self, inquiry_id: UUID) -> InquiryDetailOut:
        """Return what was sent out, with the links to hand over."""
        return self.get(f"/inquiries/{inquiry_id}", InquiryDetailOut)

    def answer_inquiry(self, inquiry_id: UUID, body: Body) -> AnsweredOut:
        """Answer as an officer, or as an expert who was there; the last answer counts."""
        return self.post(f"/inquiries/{inquiry_id}/answer", body, AnsweredOut)

    def close_inquiry(self, inquiry_id: UUID) -> InquiryDetailOut:
        """Take no further answers; the links end."""
        return self.post(f"/inquiries/{inquiry_id}/close", None, InquiryDetailOut)

    def list_lessons(self, **wanted: Wanted) -> Iterator[LessonOut]:
        """List lessons: those that wait for a decision first."""
        return self.pages("/lessons", LessonOut, **wanted)

    def write_lesson(self, body: Body) -> LessonDetailOut:
        """Write a lesson; a coordinator's is confirmed, any other one waits for a decision."""
        return self.post("/lessons", body, LessonDetailOut)

    def get_one_lesson(self, lesson_id: UUID) -> LessonDetailOut:
        """Return a lesson with the findings that it rests on."""
        return self.get(f"/lessons/{lesson_id}", LessonDetailOut)

    def decide_lesson(self, lesson_id: UUID, body: Body) -> LessonDetailOut:
        """Confirm a lesson, in other words if need be, or dismiss it with a reason."""
        return self.post(f"/lessons/{lesson_id}/decision", body, LessonDetailOut)

    def list_questionnaires(self) -> QuestionnairesOut:
        """List the present version of each questionnaire."""
        return self.get("/questionnaires", QuestionnairesOut)

    def get_questionnaire(self, code: str) -> QuestionnaireOut:
        """Return the present version of a questionnaire."""
        return self.get(f"/questionnaires/{code}", QuestionnaireOut)

    def make_questionnaire(self, code: str, body: Body) -> QuestionnaireOut:
        """Keep a questionnaire under a new code."""
        return self.post(f"/questionnaires/{code}", body, QuestionnaireOut)

    def change_questionnaire(self, code: str, body: Body) -> QuestionnaireOut:
        """Keep a new version; answers given so far keep the version they answered."""
        return self.put(f"/questionnaires/{code}", body, QuestionnaireOut)

    def get_surroundings(self, request_id: UUID) -> SurroundingsOut:
        """Return earlier work, other agencies' projects, country profiles, groups and lessons."""
        return self.get(f"/requests/{request_id}/context", SurroundingsOut)

    def list_working_groups(self, **wanted: Wanted) -> Iterator[WorkingGroupOut]:
        """List the technical working groups of the facility, by name."""
        return self.pages("/working-groups", WorkingGroupOut, **wanted)

    def make_working_group(self, body: Body) -> WorkingGroupOut:
        """Keep a technical working group of a country."""
        return self.post("/working-groups", body, WorkingGroupOut)

    def get_working_group(self, group_id: UUID) -> WorkingGroupOut:
        """Return one technical working group."""
        return self.get(f"/working-groups/{group_id}", WorkingGroupOut)

    def change_working_group(self, group_id: UUID, body: Body) -> WorkingGroupOut:
        """Change a technical working group."""
        return self.put(f"/working-groups/{group_id}", body, WorkingGroupOut)
