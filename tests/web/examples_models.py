"""Invented contexts of the pages on the ranking model and on why somebody is not on top."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from matching.baseline import former_rules, rule_model
from matching.card import curves
from matching.engine import Engine
from roster.models import Hurdle, HurdleKind
from roster.read import (
    Contrast,
    Contribution,
    Evidence,
    ExpertRow,
    Exposure,
    Gap,
    GateResult,
    GroupShare,
    LastRanking,
    Lift,
    ModelFigure,
    ModelManifest,
    ModelRow,
    RankedExpert,
    RankedRequest,
    RankingRow,
    Replay,
    ReplayCause,
    Replayed,
    RequestDetail,
    RequestRow,
    RequestView,
    ShownFirst,
    WhyNot,
)
from roster.read.fiches import Family
from roster.read.models import OTHERS
from roster.read.screening import Intake
from roster.vocabulary import (
    Band,
    ExpertKind,
    ExpertStatus,
    Gate,
    GateOutcome,
    ModelState,
    Origin,
    RequestStatus,
)
from tests.web.examples_fiches import UNKNOWN
from web.contexts.layout import Frame
from web.presenters.model_diffs import TwoVersions, diff_page
from web.presenters.models import Shelf, model_page
from web.presenters.replays import replay_page, stand_page
from web.presenters.reviews import Sought, why_page
from web.tongues import Tongue

DAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LONG = "Maximiliane-Theodora von und zu der Tann-Rathsamhausen <script>alert(1)</script>"
RULE = Engine()


def _figure(mean: float, wide: float) -> ModelFigure:
    return ModelFigure(mean, mean - wide, mean + wide)


MANIFEST = ModelManifest(
    features=tuple(one.name for one in RULE.features),
    base=RULE.model,
    against=RULE.model,
    data_hash="5b1f0a9c2d3e4f60",
    origin=Origin.REAL,
    requests=31,
    decisions=184,
    real_requests=31,
    real_decisions=184,
    held_out=18,
    since=date(2026, 1, 12),
    until=date(2026, 11, 9),
    figures={
        "learnt": {"ndcg@10": _figure(0.871, 0.04), "MAP": _figure(0.802, 0.05)},
        RULE.model: {"ndcg@10": _figure(0.823, 0.05), "MAP": _figure(0.771, 0.06)},
        "BM25": {"ndcg@10": _figure(0.61, 0.08), "MAP": ModelFigure(None, None, None)},
    },
    gains={"ndcg@10": ModelFigure(0.048, 0.012, 0.083)},
    exposure={
        "learnt": Exposure({"FR": 0.31, "PT": 0.22, "DE": 0.17}, 0.34, 180),
        RULE.model: Exposure({"FR": 0.35, "PT": 0.19, "BE": 0.11}, None, 180),
    },
    factors={one.name: 1.2 if one.name == "country" else 0.95 for one in RULE.features},
    left_out={"left for time, interest or release": 41, "invented": 3},
)


SHOWN = ShownFirst(
    requests=31,
    since=date(2026, 1, 12),
    until=date(2026, 11, 9),
    places=310,
    people=704,
    invented=3,
    countries=(
        GroupShare("FR", 96, 61),
        GroupShare("PT", 52, 3),
        GroupShare(OTHERS, 160, 210),
        GroupShare(None, 0, 430),
    ),
    kinds=(
        GroupShare(ExpertKind.EU_ADMINISTRATION, 148, 64),
        GroupShare(None, 160, 640),
    ),
    first_timers=GroupShare("first", 120, 389),
    gone=2,
)
NOBODY_SHOWN = ShownFirst(0, None, None, 0, 0, 0, (), (), GroupShare("first", 0, 0))


def _row(number: int, state: ModelState, manifest: ModelManifest, reason: str) -> ModelRow:
    return ModelRow(
        id=UUID(int=number),
        version=f"learnt-2026112{number}-5b1f0a9c",
        state=state,
        manifest=manifest,
        created_at=DAY,
        created_by="Ilse Raudsepp",
        promoted_at=DAY if state is not ModelState.CANDIDATE else None,
        promoted_by="Ilse Raudsepp",
        retired_at=None,
        reason=reason,
    )


def _pages_of_the_model(
    tongue: Tongue, frame: Callable[..., Frame]
) -> dict[str, tuple[str, object]]:
    weak = replace(
        MANIFEST,
        origin=Origin.SYNTHETIC,
        real_decisions=0,
        real_requests=0,
        gains={"ndcg@10": ModelFigure(-0.01, -0.05, 0.03)},
    )
    rows = (
        _row(4, ModelState.CANDIDATE, MANIFEST, ""),
        _row(3, ModelState.CANDIDATE, weak, ""),
        _row(2, ModelState.IN_USE, MANIFEST, f"better on what was decided since {LONG}"),
        _row(1, ModelState.RETIRED, replace(MANIFEST, figures={}, gains={}, exposure={}), "older"),
    )
    kinds = tuple(Hurdle(kind, "") for kind in HurdleKind)
    full = Shelf(
        shipped=RULE.model,
        ranks=rows[2].version,
        rows=rows,
        features={row.version: RULE.features for row in rows} | {RULE.model: RULE.features},
        hurdles={rows[0].version: (), rows[1].version: kinds},
        shown=SHOWN,
        former=("rule-1",),
    )
    empty = Shelf(RULE.model, RULE.model, (), {RULE.model: RULE.features}, {}, NOBODY_SHOWN)
    roles = frozenset({"coordinator"})
    here = frame("Ranking model", "model", tongue, roles)
    wrong = {rows[0].version: "Say why, in at most 500 characters."}
    return {
        "model": ("models/detail.html", model_page(here, full, tongue)),
        "model-refused": ("models/detail.html", model_page(here, full, tongue, wrong)),
        "model-rule": ("models/detail.html", model_page(here, empty, tongue)),
        **_pages_of_two_models(tongue, here, rows[0].version),
    }


def _pages_of_two_models(tongue: Tongue, here: Frame, learnt: str) -> dict[str, tuple[str, object]]:
    one, other = former_rules()[-1], rule_model()
    two = TwoVersions(
        versions=(learnt, other.version, one.version),
        one=one.version,
        other=other.version,
        curves=(curves(one), curves(other)),
    )
    run = LastRanking(UUID(int=8), UUID(int=9), "REQ-2026-041", LONG, DAY)
    found = Contrast(138, (UUID(int=101),), (UUID(int=102),), 4.25, 31, 0.8, 6)
    nobody = Contrast(0, (), (), None, 0, None)
    ordered = replace(two, orders=((run, found), (run, nobody)), was_ordered=True)
    same = replace(two, other=one.version, curves=(curves(one),) * 2, was_ordered=True)
    made = {"model-two": two, "model-ordered": ordered, "model-same": same}
    return {
        name: ("models/compare.html", diff_page(here, each, tongue)) for name, each in made.items()
    }


REQUEST = RequestDetail(
    row=RequestRow(
        id=UUID(int=9),
        code="REQ-2026-041",
        title="Côte d’Ivoire: a shared migration statistics system",
        status=RequestStatus.FICHE_DRAFTED,
        origin=Origin.REAL,
        authority="Office of Statistics",
        countries=("CI",),
        regional_body=None,
        topics=("data_management",),
        starts=date(2027, 3, 1),
        ends=date(2027, 3, 12),
        received_on=None,
        fiche_due=None,
    ),
    need=RequestView(id=UUID(int=9), title="x", authority="Office of Statistics"),
    counterpart=None,
    mode=None,
    urgency=None,
    priority=None,
    deadline=None,
    channel=None,
    intake=Intake(UNKNOWN, UNKNOWN, None, outside_rounds=False),
    family=Family(None, (), None, ()),
    forwarded_to=None,
    outcome_reason=None,
    action_id=None,
    officer=None,
    history=(),
    rankings=(),
)
RUN = RankingRow(UUID(int=8), UUID(int=9), 3, DAY, "rule-2", (), (("fit", 138),))


def _person(number: int, name: str) -> ExpertRow:
    return ExpertRow(
        id=UUID(int=100 + number),
        origin=Origin.SYNTHETIC,
        display_name=name,
        status=ExpertStatus.ACTIVE,
        kind=ExpertKind.EU_ADMINISTRATION,
        home_country="PT",
        headline="Head of unit, Immigration and Borders Service",
        confirmed_on=None,
    )


def _ranked(band: Band, place: int, points: tuple[float, float]) -> RankedExpert:
    proof = Evidence(None, "Conduite d’une mission à Abidjan", "CV of 14 Jul 2026", 1, "fr")
    outcome = {
        Band.FIT: GateOutcome.PASS,
        Band.ASK: GateOutcome.UNKNOWN,
        Band.NOT: GateOutcome.FAIL,
    }
    return RankedExpert(
        expert_id=UUID(int=101),
        place=place,
        band=band,
        score=sum(points),
        contributions=(
            Contribution("country", 0.6, points[0], 40.0, "Côte d’Ivoire (2021)", (proof,)),
            Contribution("topic", None, points[1], 60.0, "nothing is known"),
        ),
        gates=(GateResult(Gate.LANGUAGE, outcome[band], "French B1, B2 needed", 1.0),),
    )


def _why(band: Band, *, alone: bool = False) -> WhyNot:
    ranked = _ranked(band, 41, (24.0, 15.0))
    gaps = tuple(
        Gap(
            feature=part.feature,
            label=part.feature,
            reason=part.reason,
            value=part.value,
            points=part.points,
            most=part.most,
            of_tenth=None if alone else 30.0,
            evidence=part.evidence,
        )
        for part in ranked.contributions
    )
    words = "a post or mission in one of the topics asked for, if there was one"
    return WhyNot(
        row=RUN,
        person=_person(1, LONG),
        ranked=ranked,
        is_as_stored=not alone,
        tenth=None if alone else _ranked(Band.FIT, 10, (30.0, 30.0)),
        gaps=gaps,
        lifts=() if alone else (Lift("topic", "Topics", 45.0, is_unknown=True, words=words),),
        reach=84.0,
    )


def _pages_of_reviews(tongue: Tongue, frame: Callable[..., Frame]) -> dict[str, tuple[str, object]]:
    here, today = frame("Why not?", "requests", tongue), DAY.date()
    two = (_person(1, LONG), _person(2, "Ana Prates"))
    made = {
        "why": why_page(here, REQUEST, RUN, today, tongue, why=_why(Band.FIT)),
        "why-ask": why_page(here, REQUEST, RUN, today, tongue, why=_why(Band.ASK)),
        "why-not": why_page(here, REQUEST, RUN, today, tongue, why=_why(Band.NOT)),
        "why-alone": why_page(here, REQUEST, RUN, today, tongue, why=_why(Band.FIT, alone=True)),
        "why-whom": why_page(here, REQUEST, RUN, today, tongue, sought=Sought("an", two)),
        "why-nobody": why_page(here, REQUEST, RUN, today, tongue, sought=Sought(LONG)),
    }
    return {
        **{name: ("rankings/why.html", page) for name, page in made.items()},
        **_pages_of_choosing(tongue, frame),
        **_pages_of_replays(tongue, frame),
    }


def _pages_of_choosing(
    tongue: Tongue, frame: Callable[..., Frame]
) -> dict[str, tuple[str, object]]:
    here, who = frame("Why not?", "experts", tongue), _person(1, LONG)
    ranked = RankedRequest(UUID(int=9), "REQ-2026-041", LONG, DAY)
    return {
        "stand": ("rankings/stand.html", stand_page(here, who, (ranked,), tongue)),
        "stand-none": ("rankings/stand.html", stand_page(here, who, (), tongue)),
    }


def _pages_of_replays(tongue: Tongue, frame: Callable[..., Frame]) -> dict[str, tuple[str, object]]:
    here, who = frame("Made again", "requests", tongue), _person(1, LONG)
    then = replace(_ranked(Band.FIT, 4, (24.0, 15.0)), expert_id=who.id)
    other = (
        Replayed(then, replace(then, place=9), ReplayCause.COMPANY),
        Replayed(then, None, ReplayCause.GONE),
    )
    causes = {ReplayCause.COMPANY: 3, ReplayCause.GONE: 1}
    made = {
        "replay": Replay(RUN, None, True, 700, causes, False, other),
        "replay-same": Replay(RUN, None, True, 700, {}, True, ()),
        "replay-refused": Replay(RUN, f"The model {LONG} is not known.", False, 700, {}, False, ()),
    }
    rows, today = {who.id: who}, DAY.date()
    return {
        name: ("rankings/replay.html", replay_page(here, REQUEST, replay, rows, today, tongue))
        for name, replay in made.items()
    }


def model_pages(tongue: Tongue, frame: Callable[..., Frame]) -> dict[str, tuple[str, object]]:
    """Return the page on the model, and the pages that say why somebody is not on top."""
    return {**_pages_of_the_model(tongue, frame), **_pages_of_reviews(tongue, frame)}
