"""Invented boards at their extremes: six seats, long names and names from right to left, nobody."""

from __future__ import annotations

from dataclasses import replace

from web.contexts.parts import CountryMark, FormField, Link, PersonName
from web.contexts.teams import (
    Coverage,
    CoverageGroup,
    CoverageRow,
    CoverageTotal,
    Dot,
    Move,
    SeatCard,
    SideBySide,
    SideCell,
    TeamPage,
)
from web.presenters.team_kept import member_label
from web.presenters.team_picture import picture_of
from web.tongues import Tongue

LONG = ("Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh " * 4)[:200]
UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
NAMES = ("محمد عبد الرحمن بن يوسف العلوي الإدريسي", LONG, "ნინო ბერიძე", "Ng", UNBROKEN, "שרה לוי")
TOPICS = ("Asylum and international protection", "Unaccompanied and separated children", "Visas")


def board_pages(tongue: Tongue, board: TeamPage) -> dict[str, tuple[str, object]]:
    """Return boards made from a usual one: crowded, without anybody, and kept."""
    crowded = _crowded(board, tongue)
    nobody = replace(
        board,
        finding="Your team breaks 6 rules",
        seats=tuple(
            replace(
                SeatCard(str(at + 1), "Trainer", "", ""),
                nobody="Nobody sits here, and nobody could: loosen what the seat asks for.",
            )
            for at in range(6)
        ),
        rules=(),
        coverage=None,
        picture=None,
        side=None,
        proposals=board.proposals[:1],
        why_not=replace(board.why_not, answer="") if board.why_not else None,
    )
    kept = replace(
        crowded,
        seats=tuple(replace(one, offers=(), moves=(), who="") for one in crowded.seats),
        proposals=(),
        mover=None,
        undo=None,
        keep=None,
        why_not=None,
        trouble="",
        ways=(),
        note=LONG,
        counterparts="/teams/1/counterparts",
        kept=tuple(Link(f"Triangular, {at} Mar 2027 10:41", f"?kept={at}") for at in (3, 2, 1)),
    )
    return {
        "team-crowded": ("teams/board.html", crowded),
        "team-nobody": ("teams/board.html", nobody),
        "team-kept": ("teams/board.html", kept),
    }


def _crowded(board: TeamPage, tongue: Tongue) -> TeamPage:
    sitting = next(one for one in board.seats if one.person is not None)
    seats = tuple(_seat(sitting, at, name) for at, name in enumerate(NAMES))
    cover = _coverage(tongue)
    side = SideBySide(
        tuple(Link(f"Proposal {letter}", f"?p={letter}") for letter in "ABC"),
        tuple((f"Trainer {at}", (SideCell(name, "Portugal", at > 1),) * 3)
              for at, name in enumerate(NAMES)),
    )  # fmt: skip
    return replace(board, seats=seats, coverage=cover, picture=picture_of(cover, tongue), side=side)


def _seat(card: SeatCard, at: int, name: str) -> SeatCard:
    return replace(
        card,
        id=str(at + 1),
        who=f"who-{at}",
        person=PersonName(name, f"/experts/{at}", CountryMark("MA", "Morocco"), line=UNBROKEN),
        reasons=(UNBROKEN, LONG),
        offers=tuple(replace(one, move=Move("Seat", f"seat:{at}:{one.person.name[:4]}"))
                     for one in card.offers),
        moves=(Move("Declined: find somebody else", f"declined:{at}"), Move("Must be in", "x")),
        counterpart_field=FormField(f"counterpart_{at + 1}", "Counterpart", value=LONG),
    )  # fmt: skip


def _coverage(tongue: Tongue) -> Coverage:
    states = ("yes", "gate", "unknown", "no")
    return Coverage(
        (CoverageGroup("Topics", TOPICS), CoverageGroup("Countries", ("Côte d’Ivoire",))),
        tuple(
            CoverageRow(
                member_label(at + 1, name, tongue),
                tuple(Dot(states[(at + column) % 4], states[column]) for column in range(4)),
            )
            for at, name in enumerate(NAMES)
        ),
        tuple(CoverageTotal("unknown", nobody=True) for _ in range(4)),
    )
