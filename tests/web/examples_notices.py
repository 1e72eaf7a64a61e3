"""Invented contexts of notices, of the pages behind a personal link, and of merges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from roster.dates import Period
from roster.read import FactView, LanguageSkill
from roster.vocabulary import FactKind, FactStatus, LanguageLevel
from web.contexts import merges, notices
from web.contexts.experts import PlainLine, ViewLine
from web.contexts.layout import Fact, Frame, Head, Tab
from web.contexts.parts import Chip, CountryMark, Empty, Link, Pager, PersonName, PostButton
from web.presenters.mine import own_fact_page
from web.presenters.rights import rights_of
from web.tongues import Tongue

_LONG = "Maximiliane-Theodora von und zu der Tann-Rathsamhausen <script>alert(1)</script>"
_LETTER = f"Dear {_LONG},\n\nThe focal point for Portugal gave us your CV.\n"


def notice_pages(
    tongue: Tongue, frame: Callable[..., Frame], nobody: Frame
) -> dict[str, tuple[str, object]]:
    """Return the outbox, a letter, and what its reader finds.

    Parameters
    ----------
    frame, nobody : around pages of a focal point, and of somebody who is not signed in
    """
    return {**_outbox(tongue, frame), **_mine(tongue, nobody), **_merges(tongue, frame)}


def _outbox(tongue: Tongue, frame: Callable[..., Frame]) -> dict[str, tuple[str, object]]:
    listed = notices.NoticesPage(
        frame("Notices", "experts", tongue),
        Head(
            "Two people were not told yet",
            (Link("Experts", "/experts"),),
            "Notices",
            tabs=(
                Tab("Not told yet", "/notices?show=open", "2", current=True),
                Tab("Sent", "/notices?show=sent", "12"),
            ),
            tabs_name="Notices",
        ),
        (
            notices.NoticeLine(
                "/notices/1", _LONG, "real", Chip("clock", "Waits"), "24 Nov 2026", "by hand"
            ),
            notices.NoticeLine(
                "/notices/2",
                "Ana Prates",
                "synthetic",
                Chip("fail", "Not delivered"),
                "23 Nov 2026",
                "by mail",
                "The mail server did not take the notice.",
            ),
        ),
        Pager("1–2 of 2"),
    )
    letter = notices.NoticePage(
        frame("Letter", "experts", tongue),
        Head(
            f"Letter to {_LONG}",
            (Link("Notices", "/notices"),),
            facts=(Fact("Made", "24 Nov 2026"),),
            chips=(Chip("clock", "Waits"),),
        ),
        "Facility: your CV is on our roster",
        _LETTER,
        "https://roster.example/mine/" + "x" * 43,
        "en",
        Link("Open the record", "/experts/1"),
        (PlainLine("E-mail address", "", unknown="not known"),),
        "Give or send the letter, then say so here.",
        "mailto:a@example.org?subject=x",
        PostButton("I have given it to this person", "/notices/1/given"),
    )
    return {
        "notices": ("notices/list.html", listed),
        "notices-empty": (
            "notices/list.html",
            replace(listed, notices=(), empty=Empty("Nobody waits for a letter", "")),
        ),
        "notice": ("notices/detail.html", letter),
        "notice-told": ("notices/detail.html", replace(letter, mail="", hand_over=None)),
    }


_FRENCH = FactView(
    uuid4(),
    FactKind.LANGUAGE,
    LanguageSkill("fr", LanguageLevel.B1),
    Period(),
    FactStatus.CONFIRMED,
    None,
    "CV of 24 Nov 2026",
    None,
    "",
    None,
    None,
    datetime(2026, 11, 24, 9, tzinfo=UTC),
)


def _mine(tongue: Tongue, nobody: Frame) -> dict[str, tuple[str, object]]:
    path = "/mine/token"
    pause = PostButton("Pause", path, (("status", "paused"),))
    leave = PostButton("Leave the roster", path, (("status", "withdrawn"),))
    page = notices.MinePage(
        nobody,
        _LONG,
        "This is what the facility holds on you.",
        notices.Standing(Chip("done", "On the roster"), "You may be proposed.", (pause,), leave),
        (
            PlainLine("CV of 24 Nov 2026", "sent by the focal point for Portugal"),
            PlainLine("Responsible", "", unknown="not named yet"),
        ),
        (
            notices.HeldKind(
                "Post",
                (
                    notices.HeldLine(_LONG, "CV of 24 Nov 2026, held since 24 Nov 2026"),
                    notices.HeldLine("مفتش شرطة الحدود", "CV of 24 Nov 2026"),
                    notices.HeldLine(
                        _LONG,
                        "said by you on 24 Nov 2026; waits for your focal point",
                        Link("Correct", f"{path}/facts/1"),
                        PostButton("Undo", f"{path}/facts/1/undo"),
                    ),
                ),
            ),
        ),
        (ViewLine("Ilse Vermaelen", "read the record", "24 Nov 2026 09:40"),),
        PostButton("Everything is right", f"{path}/right"),
        "Last confirmed on 24 Nov 2025.",
        "dpo@example.org",
        rights=rights_of(tongue, None, path, must_say=False),
        handed=(ViewLine(_LONG, "taken along as a file", "24 Nov 2026 09:40"),),
        ranked="Shown in rankings 3 times, to 2 people.",
        notice=Link("The whole notice on data protection", "/notice/mieux"),
    )
    gone = notices.Standing(Chip("note", "Not on the roster"), "Nobody proposes you.")
    return {
        "mine": ("mine/record.html", page),
        "mine-empty": (
            "mine/record.html",
            replace(page, standing=gone, held=(), views=(), contact="", rights=None, handed=()),
        ),
        "mine-fact": (
            "mine/fact.html",
            own_fact_page(
                nobody,
                tongue,
                _FRENCH,
                "confirmed.",
                path=path,
                typed={"language": "Klingon"},
                problem="Language: the language “Klingon” is not known.",
            ),
        ),
        "mine-leave": (
            "mine/leave.html",
            notices.LeavePage(
                nobody,
                "Leave the roster?",
                "Nobody will propose you any more.",
                leave,
                Link("Stay", path),
            ),
        ),
    }


def _merges(tongue: Tongue, frame: Callable[..., Frame]) -> dict[str, tuple[str, object]]:
    people = (
        PersonName(_LONG, "/experts/1", CountryMark("PT", "Portugal")),
        PersonName("محمد العلوي", "/experts/2", None, origin="synthetic"),
    )
    sides = tuple(
        merges.PairSide(
            one,
            (("Country", "Portugal"), ("Post", "unknown")),
            PostButton("One person: keep this record", "/merges/proposals/1"),
        )
        for one in people
    )
    chips = (Chip("pass", "same year of birth"), Chip("unknown", "e-mail address unknown"))
    apart = PostButton("Two people", "/merges/proposals/1")
    pair = merges.PairCard("p1", sides, chips, "similar name", apart)
    done = merges.DoneMerge(people[0], _LONG, "by Ilse, 24 Nov 2026", apart)
    page = merges.MergesPage(
        frame("Same person", "experts", tongue),
        Head("Two people may stand here twice", (Link("Experts", "/experts"),), "Same person"),
        (pair, replace(pair, id="p2")),
        "3 more wait.",
        (done, replace(done, undo=None)),
    )
    nothing = Empty("No two records wait", "", (Link("See the people", "/experts"),))
    same = merges.SamePage(page.frame, page.head, "/experts/1/same", _LONG, (pair,))
    return {
        "merges": ("merges/list.html", page),
        "merges-empty": (
            "merges/list.html",
            replace(page, pairs=(), more="", done=(), empty=nothing),
        ),
        "same": ("merges/same.html", same),
        "same-empty": ("merges/same.html", replace(same, pairs=(), query="", empty=nothing)),
    }
