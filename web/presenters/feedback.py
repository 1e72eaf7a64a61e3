"""What was asked and said after activities, as pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode
from uuid import UUID

from roster.errors import FieldError
from roster.feedback.inquiries import ROOM
from roster.read.feedback import (
    AudienceResult,
    FeedbackResults,
    FindingView,
    InquiryView,
    InvitedPerson,
    QuestionResult,
    said_in,
)
from roster.reference.questions import title_of
from roster.vocabulary import QuestionKind
from web.contexts.feedback import (
    AudienceBlock,
    FacilityFeedbackPage,
    FindingLine,
    InquiryLine,
    InquiryPage,
    LinkLine,
    QuestionLine,
    Step,
    TextGroup,
    TextLine,
)
from web.contexts.layout import Fact, Frame, Head
from web.contexts.parts import Chip, Empty, Figure, Link, PostButton, percent
from web.feedback_words import direction, say
from web.reason_words import clause
from web.tongues import Tongue

_MOST_SHOWN = 40


def audience_blocks(
    found: FeedbackResults, tongue: Tongue, *, marks: bool
) -> tuple[AudienceBlock, ...]:
    """Return what each audience said; with `marks`, a way to draw a finding from each text."""
    return tuple(_audience(one, tongue, marks=marks) for one in found.audiences)


def rate_words(answered: int, asked: int, tongue: Tongue) -> str:
    """Return how many answered of how many; a percentage from ten asked on."""
    told = tongue.words(
        "%(num)s of %(asked)s answered",
        "%(num)s of %(asked)s answered",
        answered,
        asked=tongue.number(asked),
    )
    if asked < 10:
        return told
    return f"{told} ({tongue.number(round(100 * answered / asked))} %)"


def _audience(one: AudienceResult, tongue: Tongue, *, marks: bool) -> AudienceBlock:
    groups: dict[str, list[TextLine]] = {}
    for text in one.texts:
        mark = Link(
            tongue.word("Draw a finding"),
            f"/actions/{text.action_code}/feedback?"
            f"{urlencode({'from': str(text.feedback_id), 'question': text.question.code})}#record",
        )
        line = TextLine(
            text=text.text,
            about=text.activity or text.action_name,
            href=f"/actions/{text.action_code}/feedback",
            mark=mark if marks and not text.is_marked else None,
            is_marked=text.is_marked,
        )
        groups.setdefault(text.question.said_in(tongue.code), []).append(line)
    return AudienceBlock(
        id=f"a-{one.audience.value}",
        title=say(tongue, one.audience),
        rate=rate_words(one.answered, one.asked, tongue),
        rate_width=percent(one.answered, one.asked),
        questions=tuple(question_line(result, tongue) for result in one.questions),
        groups=tuple(TextGroup(words, tuple(lines)) for words, lines in groups.items()),
    )


def question_line(result: QuestionResult, tongue: Tongue) -> QuestionLine:
    """Return one question with its mean and spread, or why they are not shown."""
    few = ""
    if result.spread is None:
        few = tongue.words(
            "%(num)s answer: shown from three on",
            "%(num)s answers: shown from three on",
            result.answers,
        )
    return QuestionLine(
        question=result.question.said_in(tongue.code),
        mean="" if result.mean is None else tongue.points(result.mean),
        mean_width=percent(result.mean or 0, 5),
        answers=tongue.number(result.answers),
        steps=_steps(result, tongue),
        few=few,
        picture=_picture(result, tongue),
    )


def _steps(result: QuestionResult, tongue: Tongue) -> tuple[Step, ...]:
    if result.spread is None:
        return ()
    labels = ["1", "2", "3", "4", "5"]
    if result.question.kind is QuestionKind.CHOICE:
        labels = [said_in(one.words, tongue.code) for one in result.question.choices]
    most = max(result.spread) or 1
    return tuple(
        Step(
            label,
            tongue.number(count),
            percent(count, most),
            percent(place, len(labels)),
            percent(most - count, most),
        )
        for place, (label, count) in enumerate(zip(labels, result.spread, strict=True))
    )


def _picture(result: QuestionResult, tongue: Tongue) -> str:
    """Return the spread of a scale in words: "1: 0, 2: 1, 3: 3, 4: 1, 5: 7"."""
    if result.spread is None or result.question.kind is not QuestionKind.SCALE:
        return ""
    return ", ".join(
        tongue.labelled(str(step), tongue.number(count))
        for step, count in enumerate(result.spread, start=1)
    )


def inquiry_lines(
    found: Sequence[InquiryView], tongue: Tongue, *, with_action: bool = False
) -> tuple[InquiryLine, ...]:
    """Return what was sent out, each with how many answered."""
    return tuple(
        InquiryLine(
            title=questionnaire_title(one, tongue),
            about=", ".join(
                filter(None, [one.action_name if with_action else "", _about(one, tongue)])
            ),
            rate=rate_words(one.answered, max(one.asked, one.answered), tongue),
            when=tongue.day(one.sent_at.date()),
            state=_state(one, tongue),
            href=f"/inquiries/{one.id}",
        )
        for one in found
    )


def questionnaire_title(one: InquiryView, tongue: Tongue) -> str:
    """Return the title of what was asked, in the reader's language where it is a shipped one."""
    return title_of(one.questionnaire.code, one.questionnaire.title, tongue.code)


def _about(one: InquiryView, tongue: Tongue) -> str:
    return one.activity or tongue.word("the whole Action")


def _state(one: InquiryView, tongue: Tongue) -> Chip:
    if one.closed_at is not None:
        return Chip("done", tongue.word("Closed"))
    if one.due_on is not None:
        return Chip("clock", tongue.word("until %(day)s", day=tongue.day(one.due_on)))
    return Chip("note", tongue.word("Open"))


def finding_lines(
    found: Sequence[FindingView], tongue: Tongue, *, drops: bool
) -> tuple[FindingLine, ...]:
    """Return findings; with `drops`, each can be taken out."""
    return tuple(
        FindingLine(
            id=str(one.id),
            text=one.text,
            kind=say(tongue, one.kind),
            direction=Chip(
                "pass" if one.is_strength else "look", direction(tongue, one.is_strength)
            ),
            source=", ".join(
                filter(
                    None,
                    [
                        say(tongue, one.source),
                        one.reference,
                        tongue.day(one.found_on) if one.found_on else "",
                    ],
                )
            ),
            about=one.activity or one.action_name,
            drop=PostButton(tongue.word("Take out"), f"/findings/{one.id}/drop") if drops else None,
        )
        for one in found
    )


def inquiry_page(
    frame: Frame,
    tongue: Tongue,
    one: InquiryView,
    people: Sequence[InvitedPerson],
    *,
    base_url: str,
    answers: bool,
) -> InquiryPage:
    """Return one inquiry with its links; `answers`: whether the reader is asked herself."""
    _ = tongue.word
    open_ = one.closed_at is None
    note = _("One link for the room: show it or print it; each device answers once.")
    if not one.is_room:
        note = _("Each link is for one person: it opens these questions and nothing else.")
    path = f"/inquiries/{one.id}"
    return InquiryPage(
        frame=frame,
        head=_inquiry_head(one, tongue),
        finding=rate_words(one.answered, max(one.asked, one.answered), tongue),
        links=tuple(_link(person, one, tongue, base_url) for person in people),
        close=PostButton(_("Close it"), f"{path}/close") if open_ else None,
        remind=PostButton(_("Remind those who have not answered"), f"{path}/remind")
        if open_ and one.reminded_at is None and not one.is_room and one.answered < one.asked
        else None,
        answer=Link(_("Answer it"), f"{path}/answer") if answers and open_ else None,
        note=note if people else _("Answered in the product: whoever is asked was told."),
        results=Link(_("What was said"), f"/actions/{one.action_code}/feedback"),
    )


def _inquiry_head(one: InquiryView, tongue: Tongue) -> Head:
    _ = tongue.word
    return Head(
        title=questionnaire_title(one, tongue),
        crumbs=(
            Link(_("Actions"), "/actions"),
            Link(one.action_name, f"/actions/{one.action_code}"),
            Link(_("Feedback"), f"/actions/{one.action_code}/feedback"),
        ),
        facts=(
            Fact(_("About"), _about(one, tongue)),
            Fact(_("Asked"), say(tongue, one.questionnaire.audience)),
            Fact(_("Sent out"), tongue.day(one.sent_at.date())),
            Fact(_("Reminded"), _reminded(one, tongue)),
        ),
        chips=(_state(one, tongue),),
    )


def _reminded(one: InquiryView, tongue: Tongue) -> str:
    if one.reminded_at is None:
        return tongue.word("not yet")
    return tongue.day(one.reminded_at.date())


def _link_state(person: InvitedPerson, one: InquiryView, tongue: Tongue) -> Chip:
    """Return how a link stands: one for a room is open until it is closed, however many answer."""
    if one.is_room:
        closed = one.closed_at is not None
        return Chip("done" if closed else "clock", _room_words(one, tongue, closed=closed))
    if person.answered:
        return Chip("done", tongue.word("Answered"))
    if person.link is None:
        return Chip("note", tongue.word("Ended"))
    return Chip("clock", tongue.word("Waits"))


def _room_words(one: InquiryView, tongue: Tongue, *, closed: bool) -> str:
    said = rate_words(one.answered, max(one.asked, one.answered), tongue)
    if closed:
        return tongue.word("Closed: %(said)s", said=said)
    return tongue.word("Open: %(said)s", said=said)


def _link(person: InvitedPerson, one: InquiryView, tongue: Tongue, base_url: str) -> LinkLine:
    state = _link_state(person, one, tongue)
    label = tongue.word("Everybody in the room") if person.label == ROOM else person.label
    return LinkLine(
        id=str(person.id),
        label=label,
        state=state,
        link=f"{base_url.rstrip('/')}{person.link}" if person.link else "",
        mail=tongue.word("sent by mail") if person.has_address else tongue.word("by hand"),
    )


def facility_page(
    frame: Frame,
    tongue: Tongue,
    found: FeedbackResults,
    sent: Sequence[InquiryView],
    actions: Sequence[tuple[str, str, int]],
) -> FacilityFeedbackPage:
    """Return what was said in the whole facility."""
    _ = tongue.word
    asked = sum(one.asked for one in found.audiences)
    answered = sum(one.answered for one in found.audiences)
    return FacilityFeedbackPage(
        frame=frame,
        title=_("Feedback"),
        lead=_("What was said after activities and Actions, read together."),
        synthetic=found.is_synthetic,
        figures=(
            Figure(_("Actions with feedback"), tongue.number(found.actions)),
            Figure(_("Asked"), tongue.number(asked)),
            Figure(_("Answered"), tongue.number(answered), rate_words(answered, asked, tongue)),
        ),
        audiences=audience_blocks(found, tongue, marks=False),
        inquiries=inquiry_lines(sent[:_MOST_SHOWN], tongue, with_action=True),
        actions=tuple(
            Link(
                tongue.labelled(name, tongue.words("%(num)s answer", "%(num)s answers", count)),
                f"/actions/{code}/feedback",
            )
            for code, name, count in actions
        ),
        also=(Link(_("Questionnaires"), "/questionnaires"), Link(_("Lessons"), "/lessons")),
        empty=None
        if sent
        else Empty(
            _("Nobody was asked yet"),
            _("Questionnaires are sent out from the page of an Action, after an activity."),
            (Link(_("Open the Actions"), "/actions"),),
        ),
    )


def errors_for(errors: Sequence[FieldError], tongue: Tongue) -> Mapping[str, str]:
    """Return the sentence for each field of a form."""
    found: dict[str, str] = {}
    for one in errors:
        name = one.pointer.strip("/").split("/")[0]
        found[name] = clause(one.detail, tongue)
    return found


def uuid_in(text: str) -> UUID | None:
    """Return the id that a field holds; None where it holds none."""
    try:
        return UUID(text)
    except ValueError:
        return None
