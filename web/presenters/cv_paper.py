"""A CV as a paper: in the order of the template of the EU, with the name or under a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum

from roster.cv_format.contents import CvContents
from roster.dates import Period
from roster.read import Dated, Education, ExpertRow, ExpertView, LanguageSkill, Mission, Post
from roster.reference import topics
from roster.vocabulary import FactKind, LanguageLevel
from web.contexts.experts import CvPage
from web.contexts.layout import Frame
from web.contexts.parts import Choice, FormField, Link
from web.papers.paper import Paper, Table
from web.presenters.fact_words import kind_words, level_words, where_of
from web.presenters.persons import name_of
from web.presenters.purposes import PURPOSES
from web.presenters.team_paper import origin_mark
from web.tongues import Tongue
from web.wording import say


class CvKind(StrEnum):
    """Which CV somebody takes away."""

    TEMPLATE = "template"
    ANONYMOUS = "anonymous"


def cv_page(
    frame: Frame, tongue: Tongue, row: ExpertRow, form: CvKind, *, refused: bool = False
) -> CvPage:
    """Return the question which CV it shall be, and what for."""
    _ = tongue.word
    here = f"/experts/{row.id}"
    kinds = (
        (CvKind.TEMPLATE, _("With the name, in the order of the template of the EU")),
        (CvKind.ANONYMOUS, _("Without name, contact, employers and sentences: a number stands")),
    )
    return CvPage(
        frame=frame,
        name=name_of(row, tongue),
        action=f"{here}/cv/file",
        form=FormField(
            "form",
            _("Which CV"),
            "radios",
            choices=tuple(Choice(one.value, words, one is form) for one, words in kinds),
            required=True,
        ),
        purpose=FormField(
            "purpose",
            _("Why do you take it?"),
            "radios",
            choices=tuple(Choice(code, _(words)) for code, words in PURPOSES.items()),
            error=_("Choose one.") if refused else "",
            required=True,
        ),
        back=Link(_("Back to the record"), here),
    )


def cv_paper(cv: CvContents, view: ExpertView, kind: CvKind, today: date, tongue: Tongue) -> Paper:
    """Return a CV as a paper, in the words of a language.

    Parameters
    ----------
    cv : what it is written from, without identity already where the kind says so
    """
    _ = tongue.word
    hidden = kind is CvKind.ANONYMOUS
    title = _("Expert %(number)s", number=cv.display_name) if hidden else cv.display_name
    left_out = _(
        "Left out: name, contact, employers, places, years of study, titles of courses and "
        "publications, and every sentence of the CV. Functions and countries can still tell who "
        "somebody is in a small administration."
    )
    return Paper(
        title=title or _("Name not read"),
        subject=left_out if hidden else _("Curriculum vitae"),
        mark=origin_mark([view.origin], tongue),
        facts=tuple(_facts(cv, view, tongue)),
        facts_title=_("Personal information"),
        tables=tuple(one for one in _tables(cv, tongue, hidden=hidden) if one.rows),
        footer=_(
            "Written from the roster on %(day)s. Personal data: for the stated purpose only.",
            day=tongue.day(today),
        ),
        language=tongue.locale.language,
        upright=True,
    )


def _facts(cv: CvContents, view: ExpertView, tongue: Tongue) -> Iterable[tuple[str, str]]:
    _ = tongue.word
    nations = tongue.listed([tongue.country(code) for code in cv.nationalities])
    lines = (
        (_("Post"), cv.headline),
        (_("Kind of expert"), say(tongue, view.kind) if view.kind else _("unknown")),
        (_("Home administration"), tongue.country(view.home_country) if view.home_country else ""),
        (kind_words(tongue, FactKind.NATIONALITY), nations),
        (kind_words(tongue, FactKind.EMAIL), "; ".join(cv.emails)),
        (kind_words(tongue, FactKind.TELEPHONE), "; ".join(cv.telephones)),
        (_("Topics"), tongue.listed(_topics(view, tongue))),
        (
            _("Confirmed"),
            tongue.day(view.confirmed_on) if view.confirmed_on else _("never"),
        ),
    )
    return (line for line in lines if line[1])


def _topics(view: ExpertView, tongue: Tongue) -> list[str]:
    held = dict.fromkeys(one.value.topic for one in view.topics)
    return [topics.label(code, tongue.code) for code in held if topics.is_topic(code)]


def _tables(cv: CvContents, tongue: Tongue, *, hidden: bool) -> Sequence[Table]:
    _ = tongue.word
    spoken = [one.value for one in cv.languages]
    native = [one for one in spoken if one.level is LanguageLevel.NATIVE]
    foreign = [one for one in spoken if one.level is not LanguageLevel.NATIVE]
    posts: Callable[[Dated[Post], Tongue], tuple[str, ...]] = _kind_of_post if hidden else _post
    whom = _("Administration") if hidden else _("Employer")
    return (
        Table(
            _("Work experience"),
            (_("When"), _("Function"), whom, _("Tasks") if not hidden else _("Country")),
            tuple(posts(one, tongue) for one in cv.posts),
        ),
        Table(
            _("Missions"),
            (_("When"), _("What"), _("Where"), _("Days")),
            tuple(_mission(one, tongue) for one in cv.missions),
        ),
        Table(
            _("Education and training"),
            (_("When"), _("Title"), _("Institution"), _("Country")),
            (
                *(_studies(one, tongue) for one in cv.education),
                *((_when(one.period, tongue), one.value.title, "", "") for one in cv.trainings),
            ),
        ),
        Table(_("Mother tongue"), (_("Language"),), tuple((_name(one, tongue),) for one in native)),
        Table(
            _("Other languages"),
            (_("Language"), _("Listening"), _("Reading"), _("Speaking"), _("Writing")),
            tuple(_levels(one, tongue) for one in foreign),
        ),
        Table(
            kind_words(tongue, FactKind.PUBLICATION),
            (_("When"), _("Title")),
            tuple((_when(one.period, tongue), one.value.title) for one in cv.publications),
        ),
    )


def _when(period: Period, tongue: Tongue) -> str:
    said = period.start or period.end or period.ongoing
    return tongue.period(period) if said else ""


def _post(one: Dated[Post], tongue: Tongue) -> tuple[str, ...]:
    post = one.value
    body = ", ".join(filter(None, (post.unit, post.employer, where_of(tongue, post))))
    return (
        _when(one.period, tongue),
        post.title or tongue.word("unknown"),
        body,
        post.duties or "",
    )


def _kind_of_post(one: Dated[Post], tongue: Tongue) -> tuple[str, ...]:
    post = one.value
    kind = post.administration or post.employer_kind
    country = post.employer_country or post.country
    return (
        _when(one.period, tongue),
        post.title or tongue.word("left out"),
        say(tongue, kind) if kind else tongue.word("unknown"),
        tongue.country(country) if country else tongue.word("unknown"),
    )


def _mission(one: Dated[Mission], tongue: Tongue) -> tuple[str, ...]:
    mission = one.value
    where = tongue.listed([tongue.country(code) for code in mission.countries])
    what = ", ".join(filter(None, (mission.what, mission.role, mission.for_whom)))
    days = tongue.number(mission.days) if mission.days else ""
    return (
        _when(one.period, tongue),
        what or tongue.word("left out"),
        where or mission.region or "",
        days,
    )


def _studies(one: Dated[Education], tongue: Tongue) -> tuple[str, ...]:
    held = one.value
    country = tongue.country(held.country) if held.country else ""
    title = held.title or tongue.word("title unknown")
    return (_when(one.period, tongue), title, held.institution or "", country)


def _name(skill: LanguageSkill, tongue: Tongue) -> str:
    return tongue.language(skill.language)


def _levels(skill: LanguageSkill, tongue: Tongue) -> tuple[str, ...]:
    """Return the four skills; a level that was said as a whole is that of each."""
    said = (skill.listening, skill.reading, skill.speaking, skill.writing)
    whole = skill.level if not any(said) else None
    levels = (level_words(tongue, one or whole) or tongue.word("unknown") for one in said)
    return (_name(skill, tongue), *levels)
