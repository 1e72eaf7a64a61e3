"""Invented contexts of coverage: with holes, without, with nobody."""

from __future__ import annotations

from uuid import UUID

from roster.read import ExpertRow
from roster.read.coverage import Coverage, CoveredCell, CoveredTopic, Ground, Rotation
from roster.vocabulary import ExpertKind, ExpertStatus, Origin
from web.contexts.layout import Frame
from web.presenters.coverage import Shown, coverage_page, people_page
from web.tongues import Tongue

LONG = "Maximiliane-Theodora von und zu der Tann-Rathsamhausen <script>alert(1)</script>"
GROUNDS = (
    Ground("fr", "Middle East and North Africa"),
    Ground("fr", "Africa"),
    Ground("pt", "Latin America and Caribbean"),
)
HELD = Coverage(
    people=1240,
    invented=3,
    asked=12,
    grounds=GROUNDS,
    topics=(
        CoveredTopic(
            "border_management",
            (CoveredCell(0, 2, 3), CoveredCell(34, 0, 9), CoveredCell(1, 0, 1)),
        ),
        CoveredTopic(
            "remittances", (CoveredCell(0, 0, 0), CoveredCell(8, 1, 0), CoveredCell(0, 0, 1))
        ),
    ),
    worked_in={"ML": 40, "CV": 5, "FR": 1},
    rotation=Rotation(1240, 800, 300, 140, (("PT", 40, 12), (None, 9, 0), ("FR", 1191, 428))),
)
NOTHING = Coverage(0, 0, 0, (), (), {}, Rotation(0, 0, 0, 0, ()))


def _row(number: int, name: str, home: str | None) -> ExpertRow:
    return ExpertRow(
        UUID(int=number),
        Origin.SYNTHETIC,
        name,
        ExpertStatus.ACTIVE,
        ExpertKind.NGO,
        home,
        None,
        None,
    )


def coverage_pages(frame: Frame, tongue: Tongue) -> dict[str, tuple[str, object]]:
    """Return every page of coverage, with everything and with nothing."""
    found = ((_row(1, LONG, None), True), (_row(2, "ليلى بن سالم", "TN"), False))
    shown = Shown(expertise=True, opens_model=True)
    page, people = "coverage/coverage.html", "coverage/people.html"
    ground = GROUNDS[0]
    return {
        "coverage": (page, coverage_page(frame, tongue, HELD, (), Shown())),
        "coverage-expertise": (page, coverage_page(frame, tongue, HELD, (), shown)),
        "coverage-empty": (page, coverage_page(frame, tongue, NOTHING, (), Shown())),
        "coverage-people": (people, people_page(frame, tongue, found, "remittances", ground)),
        "coverage-nobody": (people, people_page(frame, tongue, (), "remittances", ground)),
    }
