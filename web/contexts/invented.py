"""Invented data for the page of all parts; nobody here exists and nothing here is stored."""

from __future__ import annotations

from roster.read import Contribution
from web.contexts.experts import Calendar, CalendarDay, CalendarMonth
from web.contexts.layout import Frame
from web.contexts.parts import (
    BarChart,
    BarRow,
    Chip,
    CountryMark,
    Empty,
    FormField,
    Link,
    Notice,
    OwnScript,
    PersonName,
    Piece,
    PostButton,
    Quote,
)
from web.contexts.scores import Score, score_of
from web.contexts.styleguide import StyleguidePage
from web.contexts.teams import RuleLine
from web.tongues import Tongue

FEATURES = ("topic", "activity", "language", "country", "peer", "record", "free", "fresh")
MOST = (30.0, 14.0, 10.0, 14.0, 12.0, 10.0, 5.0, 5.0)
REASONS = (
    "Migration data and statistics, 9 years; migration profiles, 4",
    "Trained trainers twice, drafted remotely; no fact-finding",
    "French C1 spoken, B2 written; Portuguese native",
    "Cabo Verde 2016–2019, same region, 7 years ago",
    "Statistics office, as the requesting authority",
    "3 deployments, feedback 4.4 of 5 from 41 people",
    "Free 22 Feb to 19 Mar",
    "Confirmed 4 months ago by the focal point",
)


def invented_score(
    shares: tuple[float, ...], tongue: Tongue, unknown: frozenset[str] = frozenset()
) -> Score:
    """Return a score whose pieces are the given shares of the most that each could be."""
    parts = [
        Contribution(feature, None if feature in unknown else share, share * most, most, reason)
        for feature, share, most, reason in zip(FEATURES, shares, MOST, REASONS, strict=True)
    ]
    return score_of(sum(part.points for part in parts), parts, tongue)


GOOD = (0.913, 0.8, 0.88, 0.686, 1.0, 0.71, 0.84, 0.82)
FAIR = (0.77, 0.5, 0.66, 0.25, 0.6, 0.5, 0.8, 0.7)


def invented_calendar() -> Calendar:
    """Return six months of which the last is unknown."""
    months = []
    for row, label in enumerate(("Dec", "Jan", "Feb", "Mar", "Apr", "May")):
        days = tuple(CalendarDay(str(38 + 9 * day), _state(row, day)) for day in range(31))
        months.append(CalendarMonth(label, str(4 + 17 * row), str(14 + 17 * row), days))
    return Calendar(tuple(months), "Free 22 Feb to 19 Mar; May unknown. Said on 3 Nov 2026.", "106")


def _state(row: int, day: int) -> str:
    if row == 5:
        return "unknown"
    if (day + 2 * row) % 7 > 4:
        return "weekend"
    return "busy" if (day + 5 * row) % 31 > 20 else "free"


def invented_names() -> tuple[PersonName, ...]:
    """Return names that are long, hostile, or in a script of their own."""
    long_name = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Papadimitrakopoulos " * 3
    return (
        PersonName(
            long_name[:200],
            "#",
            CountryMark("AT", "Austria"),
            line="Deputy head of a department whose name does not fit on any line",
        ),
        PersonName("<script>alert(1)</script>", None, line="shown as text, never run"),
        PersonName(
            "Salma Benabdallah",
            "#",
            CountryMark("MA", "Morocco"),
            OwnScript("سلمى بنعبد الله", "ar", "rtl"),
            "Head of division, migration observatory, Rabat",
            "synthetic",
        ),
    )


def styleguide_page(frame: Frame, tongue: Tongue) -> StyleguidePage:
    """Return the page of all parts."""
    return StyleguidePage(
        frame=frame,
        chips=(
            Chip("pass", "French C1"),
            Chip("fail", "French B1, B2 needed"),
            Chip("unknown", "French level unknown"),
            Chip("look", "released only to 28 Feb"),
            Chip("done", "Shortlisted"),
            Chip("note", "never deployed"),
            Chip("clock", "Fiche due in 9 days, 3 Dec 2026"),
        ),
        scores=(
            invented_score(GOOD, tongue),
            invented_score(FAIR, tongue, frozenset({"country", "record"})),
        ),
        quotes=(
            Quote(
                (
                    Piece("« Animation d’un "),
                    Piece("atelier sur les profils migratoires", True),
                    Piece(" à Lomé. »"),
                ),
                "CV of 2 May 2026, page 2",
                "#",
                "fr",
                "ltr",
                "Confirmed by the focal point",
                "topic",
            ),
            Quote(
                (Piece("«رئيسة قسم "), Piece("مرصد الهجرة", True), Piece(" منذ عام 2018»")),
                "CV of 9 Jan 2026, page 1",
                "#",
                "ar",
                "rtl",
                check="to check",
            ),
        ),
        fields=(
            FormField(
                "last_day",
                "Last day",
                value="31 Feb 2027",
                error="February 2027 has 28 days.",
                required=True,
            ),
            FormField("remarks", "Remarks", "textarea", hint="Seen by officers only.", rows=2),
        ),
        notices=(
            Notice(
                "no",
                "The list could not be saved.",
                "Somebody changed it at 10:44. Your move is kept here.",
                Link("See both", "#"),
            ),
            Notice(
                "look",
                "This ranking is older than the request.",
                "The dates were changed on 23 Nov.",
                Link("Rank again", "#"),
            ),
            Notice("ok", "Saved.", "", None, PostButton("Undo", "#")),
        ),
        empty=Empty(
            "Nobody passes every condition",
            "712 people were checked. Nearest: 12 speak French at B1, 7 are free three days later.",
            (Link("See the 12", "#"), Link("Move the dates", "#"), Link("Ask focal points", "#")),
        ),
        names=invented_names(),
        rules=(
            RuleLine("broken", "All seats filled", "3 of 4. The drafter is missing."),
            RuleLine("open", "All released", "Morocco has not answered yet. Due 1 Dec."),
            RuleLine("tight", "At most 1 per Member State", "PT 1, BE 1."),
            RuleLine("kept", "French B2, every seat", "C1, native, C2."),
        ),
        bars=BarChart(
            "Activities by type",
            (
                BarRow("Workshop, seminar", "117", "100%"),
                BarRow("Drafting, remote", "51", "43.6%"),
                BarRow("Training", "37", "31.6%"),
            ),
            "Invented for this page.",
            Link("Rows", "#"),
        ),
        calendar=invented_calendar(),
        row=None,
        swatches=(
            ("v-paper", "paper"),
            ("v-surface", "surface"),
            ("v-sunken", "sunken"),
            ("v-ink", "ink"),
            ("v-ink2", "ink-2"),
            ("v-ink3", "ink-3"),
            ("v-accent", "accent"),
            ("v-focus", "focus"),
            ("v-mark", "mark"),
            ("st-ok", "ok"),
            ("st-look", "look"),
            ("st-no", "no"),
            ("s1", "s1"),
            ("s2", "s2"),
            ("s3", "s3"),
            ("s4", "s4"),
        ),
        keys=(
            ("j k", "next, previous row"),
            ("Enter", "open why"),
            ("x", "select"),
            ("s", "shortlist"),
            ("c", "compare"),
            ("/", "search"),
            ("u", "undo"),
            ("?", "all keys"),
        ),
    )
