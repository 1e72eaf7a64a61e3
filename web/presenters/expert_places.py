"""Where a person worked and was sent: as a map, as a table, with sources and what was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from roster.read import Evidence, ExpertRecord, PersonDeployment
from roster.vocabulary import DeploymentStatus
from web.action_words import say as say_action
from web.contexts.actions import WorldMap
from web.contexts.experts import CountryLine, DeploymentLine
from web.contexts.parts import Chip, Link
from web.presenters.action_charts import Classes, world_map
from web.presenters.action_people import role_words
from web.presenters.proofs import proof_words
from web.tongues import Tongue

_PARTS: Classes = ((1, 1, "s1"), (2, 2, "s2"), (3, 4, "s3"), (5, None, "s4"))
_STATES = {
    DeploymentStatus.PLANNED: "clock",
    DeploymentStatus.CANCELLED: "fail",
}
"""States worth a chip; what was done is plain."""


def countries_finding(tongue: Tongue, count: int) -> str:
    """Return in how many countries somebody worked."""
    if not count:
        return tongue.word("No country of work is known yet")
    return tongue.words("Worked in %(num)s country", "Worked in %(num)s countries", count)


def _worked(tongue: Tongue, record: ExpertRecord) -> Iterator[tuple[str, str, str, Evidence]]:
    """Return each part of work with its country, period, capacity and source."""
    view = record.view
    for post in view.posts:
        if post.value.country:
            words = post.value.title or tongue.word("post")
            yield post.value.country, tongue.period(post.period), words, post.evidence
    for mission in view.missions:
        for code in mission.value.countries:
            words = mission.value.role or mission.value.what
            yield code, tongue.period(mission.period), words, mission.evidence
    for one in view.countries:
        words = one.value.capacity or tongue.word("not said")
        yield one.value.country, tongue.period(one.period), words, one.evidence


def country_lines(tongue: Tongue, record: ExpertRecord) -> Iterator[CountryLine]:
    """Return the countries of work by name, each with when, as what, and where it was read."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for code, when, words, evidence in _worked(tongue, record):
        found.setdefault(code, []).append((when, words, proof_words(tongue, evidence)))
    for code, lines in sorted(found.items(), key=lambda each: tongue.country(each[0])):
        when, words, sources = (
            "; ".join(dict.fromkeys(parts)) for parts in zip(*lines, strict=True)
        )
        yield CountryLine(tongue.country(code), when, words, sources)


def country_map(tongue: Tongue, record: ExpertRecord) -> WorldMap | None:
    """Return the countries of work on the map; None where none is known."""
    counts = Counter(code for code, *_ in _worked(tongue, record))
    if not counts:
        return None
    made = world_map(
        tongue,
        counts,
        title=countries_finding(tongue, len(counts)),
        description=tongue.word("Posts and missions by country; the table says the same."),
        counted=tongue.word("Posts and missions"),
        classes=_PARTS,
    )
    return replace(made, rows=())


def track_words(tongue: Tongue, record: ExpertRecord) -> str:
    """Return how often somebody was sent, and what was said of it as far as it may be known."""
    track = record.view.track
    if not track.deployments:
        return tongue.word("Never deployed")
    said = [tongue.words("Deployed %(num)s time", "Deployed %(num)s times", track.deployments)]
    if track.last_deployed:
        said.append(tongue.word("last on %(day)s", day=tongue.day(track.last_deployed)))
    if track.feedback_mean is not None:
        said.append(
            tongue.words(
                "feedback %(mean)s of 5 from %(num)s answer",
                "feedback %(mean)s of 5 from %(num)s answers",
                track.feedback_count,
                mean=tongue.points(track.feedback_mean),
            )
        )
    else:
        said.append(tongue.word("no feedback yet"))
    return ", ".join(said)


def deployment_line(tongue: Tongue, one: PersonDeployment) -> DeploymentLine:
    """Return one deployment with its days, and how many spoke of its Action."""
    when = ""
    if one.starts is not None:
        when = tongue.days(one.starts, one.ends or one.starts)
    state = _STATES.get(one.status)
    return DeploymentLine(
        action=Link(
            tongue.labelled(one.action_code, one.action_name), f"/actions/{one.action_code}"
        ),
        when=when or tongue.word("dates unknown"),
        role=role_words(tongue, one.role),
        days=tongue.number(one.days) if one.days is not None else "",
        feedback=tongue.words("%(num)s answer", "%(num)s answers", one.answers)
        if one.answers
        else "",
        feedback_href=f"/actions/{one.action_code}/feedback" if one.answers else "",
        state=Chip(state, say_action(tongue, one.status)) if state else None,
        what=one.activity or "",
    )
