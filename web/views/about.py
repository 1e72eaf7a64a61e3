"""What anybody may read about the product: its ranking, what it holds on people, who can use it."""

from __future__ import annotations

from collections.abc import Iterable

from babel.numbers import format_percent
from fastapi import Request
from fastapi.responses import HTMLResponse

from roster.errors import NotFound, NotSignedIn
from roster.inputs.privacy import ORIGINAL_DAYS
from roster.installation import Installation
from roster.policy import Permission
from roster.queries.accounts import responsible_bodies
from roster.read import ModelFeature, ResponsibleBody
from roster.vocabulary import Gate, Role
from web.access import InstallationDep, SessionDep, frame_for, get_actor, new_router, requires
from web.contexts.about import (
    AccessibilityAbout,
    ConditionLine,
    FeatureLine,
    PrivacyAbout,
    RankingAbout,
    Responsible,
    RoleLine,
)
from web.contexts.layout import Frame
from web.deps import frame_of, get_tongue, respond
from web.record_words import role_words
from web.tongues import Tongue
from web.wording import marked, say

router = new_router()

_TITLES = {
    "ranking": marked("How ranking works"),
    "privacy": marked("Privacy"),
    "accessibility": marked("Accessibility"),
}
_RULE = "rule"
"""How the versions of the documented rule begin."""

_CONDITIONS: dict[Gate, tuple[str, str]] = {
    Gate.LANGUAGE: (
        marked("The level is below the one asked for, or the languages given lack it."),
        marked("The language or its level is not in the record."),
    ),
    Gate.AVAILABILITY: (
        marked("Away on days of the mission."),
        marked("The calendar was never asked for that time, or an absence is dated loosely."),
    ),
    Gate.STATUS: (
        marked("Paused, inactive or withdrawn."),
        marked("The CV waits to be confirmed, or the person was not told yet that it is here."),
    ),
    Gate.EXCLUDED: (marked("The request excludes this person."), ""),
    Gate.DECLINED: (
        marked("Declined, not available or not released, as the shortlist or a release says."),
        "",
    ),
    Gate.CONFLICT: (
        marked("A conflict is recorded, or the person serves the country that asks."),
        "",
    ),
    Gate.RELEASE: (
        marked("Only where it is required: the home authority refused for this request."),
        marked("Not asked, not answered, refused in general only, or not for all of the days."),
    ),
    Gate.KIND: (
        marked("Only where kinds are named: the person is of another one."),
        marked("The kind is not in the record."),
    ),
}
"""When each condition is not met, and when it is not known; empty: it always is."""

MEASURED = (
    marked(
        "practice in the topics asked for: rare topics weigh more, near ones count in part, "
        "half after ten years"
    ),
    marked("words of the letter in the record (BM25, saturating)"),
    marked("nearness in meaning of the whole record to the whole letter, in any language"),
    marked(
        "how near each sentence of the letter, and all of it, come to a post, mission or "
        "sentence of the record, half as near after thirty years"
    ),
    marked("did what is asked for: trained, drafted, assessed"),
    marked("levels above the minimum"),
    marked("work in the country, else its sub-region, regional body, language"),
    marked("service in an office of the same discipline"),
    marked("deployments and their feedback, drawn to the mean while few"),
    marked("years of public service"),
    marked("days of margin around the window"),
    marked("how lately the record was confirmed"),
)
"""What the features measure, as the ranker says it: named here for the catalogues."""

_SEES: dict[Role, str] = {
    Role.EXPERT: marked("The own record and who looked at it."),
    Role.FOCAL_POINT: marked(
        "The people of the own country, or of the administrations that the account names. "
        "Sends CVs in, confirms them, keeps the records."
    ),
    Role.PROJECT_OFFICER: marked(
        "The people on the roster of the facility, to rank and to choose."
    ),
    Role.COORDINATOR: marked(
        "The same, and keeps the records: sends CVs in, confirms and corrects them."
    ),
    Role.LIAISON_OFFICER: marked(
        "Actions of the host country, with the names of those who go there. No person’s record."
    ),
    Role.AUDITOR: marked("Actions and their figures. No person."),
    Role.ADMINISTRATOR: marked("Runs the system. No person."),
}


@router.get("/about/{topic}", dependencies=[requires(Permission.PUBLIC)])
def show_about(
    request: Request,
    topic: str,
    installation: InstallationDep,
    session: SessionDep,
) -> HTMLResponse:
    """Show one of the three pages; each can be read without signing in.

    Raises
    ------
    NotFound
        There is no page about this.
    """
    if topic not in _TITLES:
        raise NotFound("There is no page about this. See the foot of any page for those there are.")
    tongue = get_tongue(request)
    frame = _frame(request, session, installation, tongue.word(_TITLES[topic]))
    page: RankingAbout | PrivacyAbout | AccessibilityAbout
    if topic == "ranking":
        ranker = installation.ranker
        page = ranking_about(frame, tongue, ranker.model, ranker.features)
    elif topic == "privacy":
        hours = installation.settings.session_hours
        page = privacy_about(frame, tongue, hours, responsible_bodies(session))
    else:
        page = AccessibilityAbout(frame, frame.title)
    return respond(request, f"about/{topic}.html", page)


def _frame(request: Request, session: SessionDep, installation: Installation, title: str) -> Frame:
    """Return the usual frame for whoever is signed in, a plain one for everybody else."""
    try:
        actor = get_actor(request, session, installation)
    except NotSignedIn:
        return frame_of(request, title)
    return frame_for(request, actor, title)


def ranking_about(
    frame: Frame, tongue: Tongue, model: str, features: Iterable[ModelFeature]
) -> RankingAbout:
    """Return the page about ranking, with the numbers of the model in use."""
    return RankingAbout(
        frame=frame,
        title=frame.title,
        conditions=tuple(
            ConditionLine(
                label=_condition(tongue, gate),
                fails=tongue.word(fails),
                unknown=tongue.word(unknown) if unknown else "",
            )
            for gate, (fails, unknown) in _CONDITIONS.items()
        ),
        features=tuple(_feature(tongue, feature) for feature in features),
        model=model,
        is_rule=model.startswith(_RULE),
    )


def _condition(tongue: Tongue, gate: Gate) -> str:
    # Its usual word is that of a button.
    return (
        tongue.word("Release by the home authority") if gate is Gate.RELEASE else say(tongue, gate)
    )


def _feature(tongue: Tongue, feature: ModelFeature) -> FeatureLine:
    return FeatureLine(
        label=tongue.feature(feature.name),
        css=feature.group,
        points=tongue.number(round(feature.points, 1)),
        measures=tongue.word(feature.measures),
        unknown=format_percent(feature.neutral, locale=tongue.locale),
    )


def privacy_about(
    frame: Frame, tongue: Tongue, session_hours: int, bodies: Iterable[ResponsibleBody]
) -> PrivacyAbout:
    """Return the page about privacy, with what the installation and its facilities say."""
    return PrivacyAbout(
        frame=frame,
        title=frame.title,
        roles=tuple(
            RoleLine(role_words(tongue, role), tongue.word(sees)) for role, sees in _SEES.items()
        ),
        original_days=tongue.number(ORIGINAL_DAYS),
        session_hours=tongue.number(session_hours),
        responsible=tuple(
            Responsible(body.facility, body.controller or "", body.contact or "") for body in bodies
        ),
    )
