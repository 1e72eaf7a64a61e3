"""Invented contexts: each page in its usual state, empty, crowded and with hostile content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from uuid import UUID

from matching.engine import Engine
from roster.read import Heard, OutreachAdvice, OutreachReason, ResponsibleBody, StateAdvice, Told
from roster.read.search import FoundKind, SearchAnswer, SearchHit
from roster.vocabulary import Origin, RefusalReason, TermField
from tests.web.examples_actions import action_pages
from tests.web.examples_administration import administration_pages
from tests.web.examples_boards import board_pages
from tests.web.examples_calls import call_pages
from tests.web.examples_coverage import coverage_pages
from tests.web.examples_drafts import BLANK, DRAFTED
from tests.web.examples_feedback import feedback_pages
from tests.web.examples_fiches import fiche_pages
from tests.web.examples_models import model_pages
from tests.web.examples_notices import notice_pages
from tests.web.examples_portfolio import portfolio_pages
from tests.web.examples_privacy import privacy_pages
from tests.web.examples_reports import report_pages
from web.contexts import (
    accounts,
    actions,
    confirmation,
    documents,
    experts,
    home,
    rankings,
    requests,
    shortlists,
    teams,
    uploads,
)
from web.contexts.about import AccessibilityAbout
from web.contexts.invented import (
    FAIR,
    GOOD,
    invented_calendar,
    invented_names,
    invented_score,
    styleguide_page,
)
from web.contexts.layout import Fact, Frame, Head, LanguageChoice, Tab
from web.contexts.parts import (
    BarChart,
    BarRow,
    Chip,
    Choice,
    CountryMark,
    DocLine,
    DocPart,
    DocumentPane,
    Empty,
    ErrorLine,
    Facet,
    FacetOption,
    Facets,
    Figure,
    FormField,
    Link,
    Notice,
    OwnScript,
    Pager,
    PersonName,
    Piece,
    PostButton,
    Quote,
    Share,
)
from web.contexts.search import SearchPage
from web.deps import LANGUAGE_NAMES, nav_items
from web.presenters.outreach import whom_to_ask
from web.presenters.search import search_page
from web.presenters.team_picture import picture_of
from web.tongues import LOCALES, Tongue, tongue_of
from web.views.about import privacy_about, ranking_about

LONG = ("Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh " * 4)[:200]
OFFICER = frozenset({"project_officer"})
FOCAL = frozenset({"focal_point"})


def frame(title: str, section: str, tongue: Tongue, roles: frozenset[str] = OFFICER) -> Frame:
    return Frame(
        title=title,
        locale=tongue.code,
        languages=tuple(
            LanguageChoice(code, LANGUAGE_NAMES[code], code == tongue.code) for code in LOCALES
        ),
        path="/x",
        facility="MIEUX+",
        nav=nav_items(tongue, roles, section),
        account=Link("Ilse Raudsepp", "/account"),
        search="/search",
        demo=True,
    )


def request_head(
    current: str, title: str = "Côte d’Ivoire: a shared migration statistics system"
) -> Head:
    tabs = [
        ("Letter and fields", "/requests/1", ""),
        ("Ranking", "/requests/1/ranking", "138"),
        ("Shortlist", "/requests/1/shortlist", "6"),
        ("Team", "/requests/1/team", "3 of 4 seats"),
        ("History", "/requests/1/history", ""),
    ]
    return Head(
        title=title,
        crumbs=(Link("Requests", "/requests"),),
        here="REQ-2026-041",
        facts=(
            Fact("For", "Office of Statistics, Côte d’Ivoire"),
            Fact("Working language", "French, B2 or better"),
            Fact("On site", "1–12 Mar 2027"),
            Fact("Stage", "Fiche drafted"),
        ),
        chips=(Chip("clock", "Fiche due in 9 days, 3 Dec 2026"),),
        tabs=tuple(Tab(label, href, count, label == current) for label, href, count in tabs),
        tabs_name="This request",
    )


def person(name: str, code: str, country: str, line: str, **more: object) -> PersonName:
    return replace(PersonName(name, "/experts/1", CountryMark(code, country), line=line), **more)  # type: ignore[arg-type]


SALMA = person(
    "Salma Benabdallah",
    "MA",
    "Morocco",
    "Head of division, migration observatory, Rabat",
    own_script=OwnScript("سلمى بنعبد الله", "ar", "rtl"),
    origin="synthetic",
)
INES = person("Inês Carvalhal Antunes", "PT", "Portugal", "Head of migration statistics, Lisbon")
MAARTEN = person("Maarten Verschueren", "BE", "Belgium", "Data analyst, register links, Brussels")
LONGEST = person(
    LONG, "AT", "Austria", "Deputy head of a department whose name fits on no line " * 3
)
HOSTILE = replace(invented_names()[1], href=None)
UNNAMED = PersonName("Person 7 of this list", None, None, line="")
CAST = (INES, MAARTEN, SALMA, LONGEST, HOSTILE, UNNAMED)

QUOTES = (
    Quote(
        (
            Piece("«Responsável pela elaboração do "),
            Piece("perfil migratório anual", True),
            Piece(" e pela ligação dos registos.»"),
        ),
        "CV of 14 Jul 2026, page 1",
        "/documents/1#m3",
        "pt",
        "ltr",
        "Matches “profil migratoire” in the letter",
        "topic",
    ),
    Quote(
        (Piece("«رئيسة قسم "), Piece("مرصد الهجرة", True)),
        "CV, page 2",
        None,
        "ar",
        "rtl",
        css="peer",
        check="to check",
    ),
)


def rows(count: int, tongue: Tongue) -> tuple[rankings.PersonRow, ...]:
    made = []
    for at in range(count):
        good = at % 3 != 2
        score = invented_score(
            GOOD if good else FAIR,
            tongue,
            frozenset() if good else frozenset({"country", "record"}),
        )
        gates = (
            Chip("pass", "French C1"),
            Chip("pass", "free 1–12 Mar") if good else Chip("look", "free 11 of 12 days"),
            Chip("pass", "released to Jun 2027")
            if at % 2
            else Chip("unknown", "release not asked"),
        )
        made.append(
            rankings.PersonRow(
                id=f"00000000-0000-4000-8000-{at:012d}",
                place=str(at + 1),
                person=CAST[at % len(CAST)],
                score=score,
                gates=gates,
                best="Built yearly migration profiles in Cabo Verde and São Tomé.",
                gap="No mission in West Africa since 2019.",
                quotes=QUOTES if at % 4 == 0 else (),
                stage=Chip("done", "Shortlisted") if at in {1, 2} else None,
                compare="/requests/1/compare?expert=1",
                is_unnamed=CAST[at % len(CAST)] is UNNAMED,
            )
        )
    return tuple(made)


def facets(action: str) -> Facets:
    kinds = Facet(
        "kind",
        "Kind of expert",
        (
            FacetOption("eu_administration", "EU MS administration", 96, True),
            FacetOption("non_eu_administration", "Non-EU administration", 22),
            FacetOption("ngo", "NGO", 0),
        ),
        True,
    )
    countries = Facet(
        "country",
        "Member State or country",
        (FacetOption("FR", "France", 1019), FacetOption("MA", "Morocco", 6)),
        True,
    )
    return Facets(
        action,
        (kinds, countries, Facet("topic", "Topic experience", ())),
        "Filters, 1 on",
        action,
        (("run", "1"),),
    )


PAGER = Pager("1–10 of 48", Link("Previous 10", "?page=1"), Link("Next 10", "?page=3"))
EMPTY = Empty(
    "Nobody passes every condition",
    "712 people were checked. Nearest: 12 speak French at B1, 7 are free three days later.",
    (Link("See the 12", "#a"), Link("Move the dates", "#b"), Link("Ask focal points", "#c")),
)
REASONS = (
    Choice("better", "Other person fits better"),
    Choice("said_no", "Asked, said no"),
    Choice("record_wrong", "Record turned out wrong"),
)


def ranking(count: int, tongue: Tongue) -> rankings.RankingPage:
    labels = (
        "Topic",
        "Activity type",
        "Language",
        "Country, region",
        "Peer office",
        "Track record",
        "Calendar",
        "Freshness",
    )
    names = ("topic", "activity", "language", "country", "peer", "record", "free", "fresh")
    sliders = tuple(
        rankings.WeightSlider(
            name,
            name,
            label,
            "1.5" if name == "country" else "1",
            "×1.5" if name == "country" else "×1",
            name == "country",
        )
        for name, label in zip(names, labels, strict=True)
    )
    reasons = (
        rankings.ReasonLine("French below B2", "402", "?band=not&why=language", "12 are at B1"),
        rankings.ReasonLine(
            "Not free 1–12 Mar 2027",
            "96",
            "?band=not&why=availability",
            "7 miss by three days or less",
        ),
        rankings.ReasonLine("Paused, inactive or withdrawn", "23", "?band=not&why=status"),
    )
    return rankings.RankingPage(
        frame=frame("Ranking, Côte d’Ivoire", "requests", tongue),
        head=request_head("Ranking"),
        count="48",
        counted="of 138 ranked pass your filter",
        bands=(
            rankings.BandTab("Fit", "138", "?band=fit", True),
            rankings.BandTab("To ask", "41", "?band=ask", False),
            rankings.BandTab("Not", "533", "?band=not", False),
        ),
        facets=facets("/requests/1/ranking"),
        people=rows(count, tongue),
        form=rankings.ListForm(
            "/requests/1/shortlist", "/requests/1/compare", "/requests/1/team", "118", REASONS
        ),
        pager=PAGER,
        weights=rankings.WeightsPanel(
            "/requests/1/rankings",
            sliders,
            "1 changed",
            "118",
            "2 of the first ten stand elsewhere than in ranking 117: Ana Lima from place 3 to 1.",
            may_undo=True,
            may_reset=True,
        ),
        not_ranked=rankings.NotRanked(
            "574 not ranked, and why", reasons, Link("Ask 14 focal points", "/requests/1/ask")
        ),
        how=(
            "Model rule 3 of 2 Nov 2026. The learnt model is not in use: "
            "on 14 past requests it did not beat the rule (0.81 against 0.82).",
            "Kept as list 118, 24 Nov 2026 10:42.",
        ),
        run_link=Link("Replay this list", "?run=118"),
        exports=(Link("CSV", "/export.csv"),),
        hide_names=Link("Hide names", "?names=hidden"),
        stale="The request was changed after this list was made." if count else "",
        empty=None if count else EMPTY,
    )


LETTER = DocumentPane(
    "The letter",
    "2 pages, French, received 19 Nov 2026",
    (
        DocLine((DocPart("Office de la statistique de Côte d’Ivoire", 1),), True, "Page 1"),
        DocLine(
            (
                DocPart("Notre pays ne dispose pas à ce jour d’un "),
                DocPart("système partagé de statistiques migratoires", 2),
                DocPart("."),
            )
        ),
        DocLine(
            (
                DocPart("Les travaux se tiendraient de préférence "),
                DocPart("au début du mois de mars", 3, True),
                DocPart(" à Abidjan."),
            )
        ),
    ),
    "fr",
    "ltr",
    "/documents/1/original",
)
CV = replace(LETTER, title="The document", facts="cv_ملف.pdf, 2 pages, Portuguese")

DATE_FIELD = FormField(
    "starts",
    "First day on site",
    "date",
    "2027-03-01",
    note="The letter says “au début du mois de mars”. The year and the last day are a guess.",
    source=3,
)
REQUEST_FIELDS = (
    FormField(
        "title", "Title", value="Côte d’Ivoire: a shared migration statistics system", required=True
    ),
    FormField("authority", "Requesting authority", value="Office de la statistique", source=1),
    FormField(
        "countries",
        "Beneficiary countries",
        value="CI",
        hint="ISO codes or names, separated by commas.",
    ),
    FormField(
        "topics",
        "Topics",
        "checks",
        choices=(
            Choice("data", "Migration data and statistics", True),
            Choice("profiles", "Migration profiles"),
        ),
        source=2,
    ),
    FormField(
        "languages", "Working languages", value="French B2", hint="A language and the least level."
    ),
    FormField("text", "What is asked", "textarea", "Notre pays…"),
)


def request_new(tongue: Tongue, *, letter: bool) -> requests.RequestNewPage:
    wrong = replace(REQUEST_FIELDS[0], value="", error="Give the request a title of a few words.")
    return requests.RequestNewPage(
        frame=frame("New request", "requests", tongue),
        head=Head("New request", (Link("Requests", "/requests"),), "new"),
        letter_action="/requests/letter",
        letter_error=""
        if letter
        else "The file needs a password. Save it without one and send it again.",
        action="/requests",
        to_check=(DATE_FIELD,) if letter else (),
        groups=(
            requests.FieldGroup(
                "The need",
                REQUEST_FIELDS
                if letter
                else (wrong, *(replace(f, source=None) for f in REQUEST_FIELDS[1:])),
            ),
        ),
        finding="10 fields read: 7 sure, 3 to check" if letter else "",
        document=LETTER if letter else None,
        document_id="d1" if letter else "",
        errors=()
        if letter
        else (ErrorLine("#f-title", "Title: Give the request a title of a few words."),),
        draft=DRAFTED if letter else BLANK,
        letter_draft=None if letter else BLANK,
        notes=("Page 2 could not be read.",) if letter else (),
    )


_SAID = (
    OutreachReason(Told.INTEREST, 0.7, names=("data_management", "011"), on=date(2026, 5, 3)),
    OutreachReason(
        Told.CALLS,
        -0.3,
        heard=Heard(1, 2, 1, (RefusalReason.STAFF, RefusalReason.INTEREST), date(2026, 9, 1)),
    ),
    OutreachReason(Told.RELEASES, 0.1, heard=Heard(2, 0, 0, (), date(2026, 10, 2))),
)
ADVICE = OutreachAdvice(
    tuple(
        StateAdvice(
            country,
            place,
            score=3.0 - place,
            chance=0.64 / place**2,
            reasons=(
                OutreachReason(Told.LANGUAGE, 1.9, names=("fr",)),
                OutreachReason(Told.TOPIC, 0.9, 4, 9, 2014),
                OutreachReason(Told.PLACE, 0.4, 1, 1, 2014, ("CI",)),
                OutreachReason(Told.REGION, 0.2, 12, 29, 2014, ("Africa",)),
                OutreachReason(Told.SHARE, -0.1, 15, 58, 2014),
                *(_SAID if country in {"FR", "SK"} else ()),
            ),
            focal_points=place % 3,
            experts=max(0, 12 - 2 * place),
            speakers=max(0, 6 - place),
        )
        for place, country in enumerate(("FR", "BE", "PT", "NL", "IT", "LU", "SK"), start=1)
    ),
    actions=58,
    model="learnt",
    missing=(Told.PLACE, Told.REGION),
)


def request_detail(tongue: Tongue) -> requests.RequestDetailPage:
    return requests.RequestDetailPage(
        frame=frame("Côte d’Ivoire", "requests", tongue),
        head=request_head("Letter and fields", LONG),
        finding="Seven fields are known, one is unknown",
        lines=(
            requests.ReadLine(
                "Requesting authority",
                "Office of Statistics",
                note="statistics office",
                numbers=(1,),
            ),
            requests.ReadLine("Topics", "Migration data and statistics", numbers=(2,)),
            requests.ReadLine("Dates on site", "", "not said", numbers=(3,)),
        ),
        rank=PostButton("Rank again", "/requests/1/rankings"),
        edit=Link("Correct fields", "/requests/1/edit"),
        status=requests.StatusForm(
            "/requests/1/status",
            (Choice("submitted", "Submitted", True), Choice("rejected", "Rejected")),
            "Rejecting, forwarding and withdrawing need a reason.",
        ),
        document=LETTER,
        screening=(
            requests.CheckLine("pass", "Country may ask", "Listed for this facility."),
            requests.CheckLine(
                "unknown",
                "No duplication",
                "One project on the same theme until Jun 2027.",
                Link("Read the fiche", "#d"),
            ),
        ),
        before=(Link("Côte d’Ivoire I", "/actions/1"),),
        outreach=whom_to_ask(ADVICE, tongue),
        history=(
            requests.HistoryLine(
                "Fiche drafted", "Ilse Raudsepp", "24 Nov 2026", "After the call of Monday."
            ),
        ),
        notes=("The letter’s second page is a scan.",),
    )


def request_list(count: int, tongue: Tongue) -> requests.RequestListPage:
    lines = tuple(
        requests.RequestLine(
            LONG if at == 3 else f"Request {at}: migration statistics",
            f"/requests/{at}",
            f"REQ-2026-{at:03d}",
            "Office of Statistics",
            "Côte d’Ivoire",
            "1–12 Mar 2027",
            "Fiche drafted",
            "138 ranked, 6 shortlisted",
            Chip("clock", "2 days late") if at == 1 else None,
            "synthetic" if at == 2 else "real",
        )
        for at in range(count)
    )
    return requests.RequestListPage(
        frame("Requests", "requests", tongue),
        f"{count} requests, one is late",
        Link("New request from a letter", "/requests/new"),
        "",
        facets("/requests"),
        lines,
        Pager("") if not count else PAGER,
        None
        if count
        else Empty("No request yet", "", (Link("New request from a letter", "/requests/new"),)),
    )


def comparison(tongue: Tongue) -> rankings.Comparison:
    cells = rankings.CompareCell
    return rankings.Comparison(
        "Three people side by side",
        (INES, SALMA, LONGEST),
        tuple(invented_score(shares, tongue) for shares in (GOOD, FAIR, FAIR)),
        (
            rankings.CompareGroup(
                "Conditions",
                (
                    rankings.CompareRow(
                        "Release",
                        "",
                        "",
                        (
                            cells("", chip=Chip("pass", "to Mar 2027")),
                            cells("", chip=Chip("unknown", "asked, due 1 Dec")),
                            cells("", chip=Chip("fail", "ends 28 Feb")),
                        ),
                    ),
                ),
            ),
            rankings.CompareGroup(
                "Points",
                (
                    rankings.CompareRow(
                        "Topic",
                        "of 30",
                        "topic",
                        (
                            cells("27.4", width="91%", best=True),
                            cells("23.1", width="77%"),
                            cells("22.9", width="76%"),
                        ),
                    ),
                ),
            ),
            rankings.CompareGroup(
                "Record",
                (
                    rankings.CompareRow(
                        "Trainings given",
                        "",
                        "",
                        (cells("2, Abidjan and Kigali"), cells("", "unknown"), cells("5")),
                    ),
                ),
            ),
        ),
        Link("Show all rows", "?all=1"),
    )


def shortlist(tongue: Tongue, *, full: bool) -> shortlists.ShortlistPage:
    move = shortlists.StageMove(
        "/shortlist/1/stage",
        (Choice("proposed", "Proposed"), Choice("agreed", "Agreed")),
        (Choice("declined", "Declined"), Choice("not_selected", "Not selected")),
        REASONS,
        "7",
    )
    people = (INES, SALMA, LONGEST, HOSTILE)
    cards = tuple(
        shortlists.ShortlistCard(
            f"c{at}",
            who,
            "84.4",
            (Chip("unknown", "release asked, due 1 Dec"),),
            "Knows the registers.",
            replace(move, action=f"/shortlist/{at}/stage"),
            f"/shortlist/{at}/note",
            "Somebody moved this card at 10:44. Choose again." if at == 1 else "",
            ("Shortlisted: Ilse Raudsepp, 20 Nov 2026 14:02",),
            LONG if at == 2 else "Knows the registers.",
            "Ilse Raudsepp, 20 Nov 2026 14:02",
            gap="Language −4.2: French B1, B2 wanted.",
            load="2026: 2 deployments and 12 days",
            others=(Link("REQ-2026-003: Proposed", "/requests/3/shortlist"),),
            clash="Same days: sent to ACT-7, 1–12 Mar 2027." if at == 2 else "",
            compared=at < 2,
            expert=str(at),
            undo=PostButton("Undo", "/undo"),
            draft=DRAFTED if at == 2 else BLANK,
        )
        for at, who in enumerate(people)
    )
    names = ("Longlisted", "Shortlisted", "Proposed", "Agreed", "Deployed")
    columns = tuple(
        shortlists.StageColumn(
            name.lower(),
            name,
            str(len(cards[at : at + 1])),
            cards[at : at + 1],
            "Nobody yet. A person arrives here when the team is approved.",
        )
        for at, name in enumerate(names)
    )
    return shortlists.ShortlistPage(
        frame("Shortlist", "requests", tongue),
        request_head("Shortlist"),
        "Shortlist: four people, two releases open" if full else "Nobody is on the shortlist",
        columns if full else (),
        (
            shortlists.LeftLine(
                MAARTEN, "Other person fits better", "23 Nov 2026", PostButton("Take back", "/back")
            ),
        )
        if full
        else (),
        "1 left the list",
        (Link("DOCX", "/x.docx"),),
        PostButton("Ask 2 focal points for release", "/ask") if full else None,
        comparison(tongue) if full else None,
        None
        if full
        else Empty(
            "Nobody is on the shortlist",
            "Take people from the ranking.",
            (Link("Open the ranking", "/r"),),
        ),
        "/requests/1/shortlist/changed?since=x",
        "/requests/1/shortlist" if full else "",
    )


def team(tongue: Tongue, *, full: bool) -> teams.TeamPage:
    free = teams.FreeTime("16%", "60%", "33%", "62%", "free 22 Feb to 19 Mar; mission 1–12 Mar")
    offers = (
        teams.SeatOffer(
            MAARTEN, "−3.4 points", teams.Move("Seat", "seat:1:2"), ("keeps every rule",)
        ),
        teams.SeatOffer(
            LONGEST,
            "+1.2 points",
            teams.Move("Seat", "seat:1:3"),
            ("breaks: at most 1 from Portugal",),
            breaks=True,
        ),
    )
    taken = tuple(
        teams.SeatCard(
            str(at),
            role,
            "French C1, official",
            "Head of demographic statistics" if at else "",
            who,
            (Chip("pass", "EU MS administration"), Chip("unknown", "release asked")),
            invented_score(GOOD, tongue),
            free,
            ("Served on Côte d’Ivoire I",),
            offers,
            (teams.Move("Declined: find somebody else", f"declined:{at}"),),
            who=str(at),
            open_name=None if at else PostButton("Open the name", "/names"),
            counterpart_field=FormField(f"counterpart_{at}", "Counterpart", value="Head of unit"),
        )
        for at, (role, who) in enumerate(
            (("Lead, statistics", INES), ("Southern peer", SALMA), ("Trainer", LONGEST))
        )
    )
    seats = (
        *taken,
        teams.SeatCard(
            "9",
            "Drafter",
            "drafted an agreement or a law",
            "",
            offers=offers,
            nobody="Nobody sits here yet. One person fits all rules:",
        ),
    )
    dots = tuple(
        teams.Dot(state, word)
        for state, word in (
            ("yes", "yes"),
            ("gate", "at the gate"),
            ("unknown", "unknown"),
            ("no", "no"),
        )
    )
    cover = teams.Coverage(
        (
            teams.CoverageGroup("Topics", ("Statistics", "Registers")),
            teams.CoverageGroup("Languages", ("French", "English")),
        ),
        tuple(teams.CoverageRow(who.name, dots) for who in (INES, SALMA, LONGEST)),
        (
            teams.CoverageTotal("3", False),
            teams.CoverageTotal("none", True),
            teams.CoverageTotal("1", False),
            teams.CoverageTotal("none", True),
        ),
    )
    spec = teams.SeatSpecRow(
        "Seat 1",
        "Lead, French C1",
        (
            FormField(
                "seat_0_role",
                "Role",
                "select",
                choices=(Choice("lead", "Lead", True), Choice("trainer", "Trainer")),
            ),
            FormField(
                "seat_0_topics",
                "Topics",
                "select",
                multiple=True,
                choices=(Choice("a", "Statistics", True), Choice("b", "Registers")),
            ),
        ),
        (teams.Move("Down", "down:0"), teams.Move("Remove", "remove:0")),
    )
    picture = picture_of(cover, tongue)
    side = teams.SideBySide(
        (Link("Proposal A", "?p=0"), Link("Proposal B", "?p=1")),
        (
            ("Lead", (teams.SideCell(INES.name), teams.SideCell(LONGEST.name, "Portugal", True))),
            ("Gives up", (teams.SideCell("nothing"), teams.SideCell("3.4 points"))),
        ),
    )
    mode = FormField(
        "mode",
        "Mode",
        "radios",
        choices=(Choice("triangular", "Triangular", True), Choice("peer_to_peer", "Peer to peer")),
    )
    proposals = tuple(
        teams.ProposalTab(label, score, note, "?p=1", label == "Yours")
        for label, score, note in (
            ("Yours", "244.0", "1 seat open"),
            ("Proposal A", "313.2", "best found, proven"),
            ("Proposal B", "309.8", "gives up 3.4"),
            ("Proposal C", "301.5", "gives up 11.7"),
        )
    )
    return teams.TeamPage(
        frame=frame("Team", "requests", tongue),
        head=request_head("Team"),
        finding="Triangular team: one seat open" if full else "No team obeys every rule",
        mode="At least one Member State expert and one from a non-EU administration.",
        proposals=proposals if full else (),
        seats=seats if full else (),
        rules=styleguide_page(frame("x", "", tongue), tongue).rules,
        rules_form=teams.RulesForm(
            "/team",
            (mode, FormField("most_per_country", "Most from one country", "number", "1")),
            (spec,),
            (FormField("language_0", "Language 1", value="French"),),
            (FormField("in", "Must be in the team", "checks", choices=(Choice("1", LONG, True),)),),
            (FormField("who", "Name"),),
            (INES.name, SALMA.name),
            ("Peer-to-peer: officials of EU Member States.", "Custom: only what is set below."),
            open=not full,
        ),
        picture=picture if full else None,
        side=side if full else None,
        mover=("/team/move", (("run", "1"),)),
        undo=teams.Move("Undo", "undo") if full else None,
        open_names=PostButton("Open all names", "/names") if full else None,
        coverage=cover if full else None,
        why_not=teams.WhyNot(
            "/team",
            "Name",
            "Oana Brătescu",
            "No seat gains by her. As lead the team would score 14.2 less.",
            (("proposal", "A"),),
        ),
        trouble="Your team breaks two rules",
        reasons=("Nobody speaks Arabic at B2 in the window.",),
        ways=(
            teams.WayOut(
                "Seat Lukas Hagenauer as drafter. Score 313.2.", Link("See that team", "?way=0")
            ),
            teams.WayOut("Start the mission one day earlier.", apply=Link("Loosen this", "?a=1")),
        ),
        keep=teams.KeepForm(
            "Save as a proposal",
            "/teams",
            (("run", "1"),),
            FormField("note", "Why it is kept although it breaks rules", required=True),
        ),
        exports=(Link("Fiche annex", "/x.docx"),),
        saved="Saved 10:41",
    )


def invented_decisions() -> experts.DecidedPanel:
    """Return what was decided on a fact of a CV."""
    line = experts.DecidedLine(
        "fact-1",
        "Language",
        "French, C1",
        "CV of 14 Jul 2026",
        Chip("pass", "confirmed"),
        "Ilse Raudsepp, 20 Jul 2026",
        (PostButton("Undo", "/experts/1/facts/1/undo", (("version", "1"),)),),
    )
    return experts.DecidedPanel("1 decision on what was read", (line,), is_open=True)


def expert(tongue: Tongue, *, full: bool) -> experts.ExpertPage:
    lanes = (
        experts.TimeLane(
            "Posts",
            "posts",
            (
                experts.TimeBlock("4%", "30%", "Statistician", "Statistician, Lisbon, 2008–2015"),
                experts.TimeBlock("35%", "60%", "Head of statistics", "since 2016", True),
            ),
            "0",
        ),
        experts.TimeLane(
            "Missions", "missions", (experts.TimeBlock("45%", "2%", "CV", "Cabo Verde 2016"),), "58"
        ),
        experts.TimeLane(
            "Trainings given",
            "dots",
            (experts.TimeBlock("60%", "0%", "São Tomé", "São Tomé 2021"),),
            "116",
        ),
    )
    line = experts.TimeRow(
        "2016–2019",
        "Trainer, migration profiles",
        "Cabo Verde",
        "CV of 14 Jul 2026, page 2",
        "mission",
    )
    timeline = experts.Timeline(
        lanes,
        (experts.TimeTick("10%", "2010"), experts.TimeTick("50%", "2018")),
        "96%",
        "200",
        (line,),
    )
    who = LONGEST if full else PersonName("Expert without facts", None)
    return experts.ExpertPage(
        frame=frame("Person", "experts", tongue),
        head=Head(
            who.name,
            (Link("Experts", "/experts"),),
            "Austria",
            (Fact("Kind", "EU MS administration"), Fact("Confirmed", "20 Jul 2026")),
            (),
            (Tab("Record", "#record", "", True), Tab("Documents", "#documents", "2"))
            if full
            else (),
            "This person",
        ),
        person=replace(who, own_script=SALMA.own_script, origin="synthetic") if full else who,
        status=Chip("done", "Active"),
        timeline=timeline if full else None,
        timeline_finding="18 years in statistics, five missions",
        topics=(experts.TopicBlock("Migration data and statistics", "2012 to today", QUOTES),)
        if full
        else (),
        countries=(experts.CountryLine("Cabo Verde", "2016–2019", "Trainer"),) if full else (),
        countries_finding="One country, on mission" if full else "No country is known yet",
        languages=(experts.LanguageLine("French", "C1", "", "CV, “courant”"),) if full else (),
        deployments=(
            experts.DeploymentLine(
                Link("Moldova, data exchange", "/actions/1"),
                "Feb 2024",
                "Drafter",
                "8",
                "4.5 from 14",
            ),
        )
        if full
        else (),
        deployments_finding="One deployment, feedback 4.5 of 5" if full else "Never deployed",
        education=(experts.PlainLine("2003", "Law degree, Coimbra"),),
        release=(
            experts.PlainLine("Release", "valid to 30 Jun 2027", chip=Chip("pass", "granted")),
            experts.PlainLine("Gender", "", unknown="not given"),
        ),
        contact=(experts.PlainLine("E-mail", "ines@example.org"),) if full else (),
        calendar=invented_calendar() if full else None,
        views=(experts.ViewLine("Ilse Raudsepp", "for REQ-2026-041", "today 10:44"),),
        documents=(Link("CV of 14 Jul 2026", "/documents/1"),) if full else (),
        actions=(Link("Add to a request", "/requests"),),
        decided=invented_decisions() if full else None,
        availability_action="/experts/1/availability",
        availability_fields=(
            FormField("first", "First day", "date"),
            FormField("last", "Last day", "date"),
        ),
        status_buttons=(PostButton("Pause", "/experts/1/status", (("status", "paused"),)),),
        notes=(
            "This person has not been told yet that the record exists; a proposal waits for that.",
        ),
    )


def expert_list(count: int, tongue: Tongue) -> experts.ExpertListPage:
    lines = tuple(
        experts.ExpertLine(
            CAST[at % len(CAST)],
            "EU MS administration",
            "French C1, English B2",
            "20 Jul 2026",
            (Chip("look", "record of 2023"),) if at == 1 else (),
        )
        for at in range(count)
    )
    return experts.ExpertListPage(
        frame("Experts", "experts", tongue),
        f"{count} people",
        facets("/experts"),
        lines,
        PAGER,
        Link("Upload CVs", "/uploads"),
        (Link("CSV", "/x.csv"),),
        None if count else EMPTY,
        experts.ReminderNote(
            "Nobody is asked twice within eight weeks.",
            PostButton("Ask 14 people", "/experts/reminders", (("gap", "stale"),)),
            Link("Letters to look again", "/notices?show=reminders"),
        ),
    )


def action_list(count: int, tongue: Tongue) -> actions.ActionListPage:
    chart = BarChart(
        "One activity in three is a workshop",
        (BarRow("Workshop, seminar", "117", "100%", "?a=1"), BarRow("Training", "37", "31.6%")),
        "336 activities.",
        Link("Rows", "#rows"),
    )
    world = actions.WorldMap(
        "Africa asked most",
        "Counts by country",
        "0 0 400 200",
        (actions.WorldShape("ML", "s3", "Mali 3"),),
        (actions.WorldDot("300", "90", "s2", "Cabo Verde 2"),),
        (actions.WorldLabel("200", "60", "Mali 3", "M198 62 160 70"),),
        (Share("s1", "1", "1", "0%", "0%"), Share("s3", "3", "3", "0%", "0%")),
        "A dot stands for a country too small to see.",
        "Actions",
        (("Mali", "3", "/actions?country=ML"),),
    )
    lines = tuple(
        actions.ActionLine(
            LONG if at == 2 else f"Action {at}",
            f"/actions/{at}",
            "Mali, Senegal",
            "2012–2013",
            "Completed",
            "Border management",
            "6",
            "4",
            "synthetic" if at == 1 else "real",
        )
        for at in range(count)
    )
    return actions.ActionListPage(
        frame("Actions", "actions", tongue),
        "What was done, and what the roster lacks",
        "Actions as printed in the publication of 2016, 2009–2015.",
        (
            Figure("Actions in the annex", "71", "40 completed, 31 ongoing", "#rows-h"),
            Figure("Activities", "336"),
        ),
        (
            actions.ComparedFigure(
                "Completed",
                "40",
                "42",
                False,
                "Two Actions were completed between the annex and the text.",
                "Actions of the annex that are completed",
            ),
            actions.ComparedFigure("Regional bodies", "7", "", False, "Never printed."),
            actions.ComparedFigure("Actions", "71", "71", True),
        ),
        "One printed figure differs from the rows",
        (chart, replace(chart, title="Half of them are in Africa")),
        "",
        facets("/actions"),
        lines,
        PAGER,
        world,
        (Link("XLSX", "/x.xlsx"),),
        None if count else EMPTY,
        (Link("Projects of other agencies", "/publications/agency-projects"),),
    )


def sheets(tongue: Tongue, *, full: bool) -> actions.SheetsPage:
    block = actions.SheetBlock(
        LONG,
        (("Countries", "Honduras"), ("Summary", "Pairs relief with longer work. " * 12)),
        ("end: page 2011-07, annex 2010-07",),
        Link("In the annex", "/actions/1"),
    )
    return actions.SheetsPage(
        frame("Projects", "actions", tongue),
        "Projects of other agencies",
        "Source: a report of 2020",
        (block, replace(block, title="Another project", notes=(), link=None)) if full else (),
        Link("Actions", "/actions"),
        None if full else EMPTY,
    )


def action_detail(tongue: Tongue) -> actions.ActionDetailPage:
    return actions.ActionDetailPage(
        frame("Moldova", "actions", tongue),
        Head(
            "Moldova: data exchange",
            (Link("Actions", "/actions"),),
            "2012–2014",
            (Fact("Country", "Moldova"), Fact("Status", "Completed")),
        ),
        "A protocol on data exchange between the border police and the statistics office.",
        (
            actions.ActivityLine("Fact-finding mission", "Fact-finding", "advisory", "by the rule"),
            actions.ActivityLine(LONG, "Workshop"),
        ),
        "Two activities, one mission",
        (("EU MS experts", "Netherlands, Sweden"),),
        (actions.ResultLine("knowledge base", LONG, "achieved"),),
        "One result",
        ("Share data",),
        (actions.FeedbackLine("Participants", "4.5 from 14", "Very useful."),),
        ("Agree definitions first.",),
        (Link("Moldova II", "/actions/2"),),
        "/actions/1/feedback",
        (FormField("score", "Score, 1 to 5", "number"), FormField("text", "In words", "textarea")),
        (Chip("note", "Advisory"),),
        "Annex of the book of 2016, page 54.",
    )


def upload(tongue: Tongue, *, full: bool) -> uploads.UploadPage:
    files = tuple(
        uploads.FileLine(
            name,
            who,
            "PDF, Portuguese",
            "24" if who else "",
            Chip(state, words),
            Link("Look", "/documents/1"),
        )
        for name, who, state, words in (
            (
                "cv_rvaz_2026.pdf",
                "Rui Patrício Sarmento Vaz",
                "look",
                "3 to check: a level, two countries",
            ),
            ("سيرة ذاتية.docx", "يوسف الإدريسي", "pass", "New, read"),
            (
                "cv protegido.pdf",
                "",
                "fail",
                "Refused: needs a password. Save it without one and send it again.",
            ),
            (LONG + ".pdf", "", "unknown", "Being read, 6 s"),
        )
    )
    shares = (
        Share("s4", "New, read", "140", "0%", "70%", "?s=new", True),
        Share("st-look", "Need a look", "27", "70%", "20%", "?s=look"),
        Share("st-no", "Refused", "7", "90%", "10%", "?s=refused"),
    )
    return uploads.UploadPage(
        frame("Upload", "upload", tongue, FOCAL),
        Link("Upload CVs", "/uploads") if full else None,
        "24 Nov 2026, 09:12",
        "200 files: 164 read, 27 need your look" if full else "Upload CVs",
        "Portugal. Nothing is lost if you leave: results stay here.",
        uploads.UploadForm(
            "/uploads",
            "PDF, Word, text, Europass. At most 25 MB a file. A file sent twice is stored once.",
            ".pdf,.docx",
            (Choice("PT", "Portugal", True), Choice("ES", "Spain")),
            "" if full else "Choose at least one file.",
        ),
        shares if full else (),
        files if full else (),
        PAGER if full else None,
        Link("Look at 27", "/documents/1") if full else None,
        (Link("Results as CSV", "/x.csv"),) if full else (),
        0,
        None,
        (Link("Upload of 3 Nov", "/uploads/1"),),
    )


def batch(tongue: Tongue, *, working: bool) -> uploads.BatchPage:
    lines = tuple(
        uploads.BatchLine(name, who, "nobody", Chip(state, words), reasons, link, known)
        for name, who, state, words, reasons, link, known in (
            (
                "cv_rvaz_2026.pdf",
                LONG,
                "look",
                "to look at",
                ("no e-mail address was read", "to check: Post, Language"),
                Link("Confirm", "/documents/1"),
                None,
            ),
            (
                "سيرة ذاتية.docx",
                "",
                "look",
                "may be known already",
                ("same name, same employer",),
                Link("Confirm", "/documents/2"),
                Link("يوسف الإدريسي", "/experts/1"),
            ),
            (LONG + ".pdf", "", "fail", "not taken", ("Needs a password.",), None, None),
            ("d.pdf", "", "clock", "waiting", (), None, None),
        )
    )
    shares = (
        Share("", "all", "200", "0%", "0%", "/uploads/1", True),
        Share("st-look", "to look at", "40", "0%", "20%", "/uploads/1?show=look"),
        Share("s3", "may be known already", "10", "20%", "5%", "/uploads/1?show=known"),
        Share("st-busy", "waiting", "150", "25%", "75%", "/uploads/1?show=waiting"),
    )
    return uploads.BatchPage(
        frame("Upload", "upload", tongue, FOCAL),
        Link("Upload CVs", "/uploads"),
        LONG + ".zip",
        "200 files: 40 to look at, 10 may be known already and 150 waiting",
        "Portugal. You can leave; reading goes on.",
        (Notice("look", "12 people were confirmed.", "3 need a look after all."),),
        uploads.Progress("Progress", "50 of 200", 50, 200) if working else None,
        shares,
        lines,
        "File",
        None if working else PAGER,
        None if working else PostButton("Take them in", "/uploads/1/start"),
        (PostButton("Call off what still waits", "/uploads/1/cancel"),),
        (Link("Name the columns", "/uploads/1/columns"),),
        (Link("Results as CSV", "/x.csv"),),
        3 if working else 0,
    )


def columns(tongue: Tongue) -> uploads.ColumnsPage:
    groups = (
        uploads.ChoiceGroup("", (Choice("", "Leave this column out"),)),
        uploads.ChoiceGroup("About the person", (Choice("full_name", "Whole name", True),)),
        uploads.ChoiceGroup("Level of one language", (Choice("language:fr", "French"),)),
    )
    return uploads.ColumnsPage(
        frame("Columns", "upload", tongue, FOCAL),
        Link("Upload CVs", "/uploads"),
        LONG + ".xlsx",
        "Say what 2 columns are about",
        "312 people stand under the headings.",
        "/uploads/1/columns",
        (Choice("2026", "2026", True), Choice("2025", "2025")),
        "2026",
        "3",
        "Give the row in which the headings stand.",
        (
            uploads.ColumnLine(
                "column-0", "Nom", (LONG, "", "يوسف"), groups, "Holds this already."
            ),
            uploads.ColumnLine("column-1", "Observações", ("x" * 80,), groups, "", "Left out."),
        ),
        PostButton("Do not take this list", "/uploads/1/cancel"),
        (ErrorLine("#column-0", "Holds this already."),),
    )


def confirm(tongue: Tongue, to: str = "#b") -> confirmation.ConfirmPage:
    level = confirmation.FactInput(
        "u3.level", "Level", "B1", (Choice("A2", "A2"), Choice("B1", "B1", True))
    )
    name = confirmation.FactInput("u1.display", "Name", LONG)
    title = confirmation.FactInput("u4.title", "Title", LONG)
    since = confirmation.FactInput("u3.from", "From (2016 or 2016-04)", "2016", kind="date")
    where = confirmation.FactInput("u3.country", "Country", "Portugal", names="countries")
    mail = confirmation.FactInput("add-email.value", "E-mail", "", kind="email")
    asked = (
        Choice("right", "Right"),
        Choice("wrong", "Not so"),
        Choice("", "I do not know", True),
    )
    doubted = confirmation.FactCard(
        id="u3",
        number=3,
        kind="Language",
        value="French, A2",
        place="Page 2",
        quote="au début du mois de mars",
        language="fr",
        verdicts=asked,
        places=(
            confirmation.Place(3, f"{to}3", "Page 2, 2016 to 2019", "au début du mois de mars"),
            confirmation.Place(5, "#m5", "", f"français {LONG}"),
        ),
        doubt="The direction of the scale is not said.",
        inputs=(level, since, where),
        href=f"{to}3",
        error="Level: not known.",
    )
    changed = confirmation.FactCard(
        id="u4",
        number=4,
        kind="Post",
        value=LONG,
        place="",
        quote="",
        language=None,
        verdicts=(Choice("keep", "Keep what is on the record", True), Choice("right", "Take")),
        old="مفتش شرطة الحدود, since 2017",
        old_note="confirmed, said on 2 Mar 2024",
        inputs=(title,),
        href="#m2",
    )
    lines = (
        confirmation.SureLine(
            "Name",
            (confirmation.SureFact("u1", 1, LONG, "", f"{to}1", wrong=True, inputs=(name,)),),
        ),
        confirmation.SureLine(
            "Post",
            (confirmation.SureFact("u2", 2, "Inspector, Porto", "since 2019", "#m2", True),),
        ),
        confirmation.SureLine("E-mail", (confirmation.SureFact("u9", None, "r.vaz@example.org"),)),
    )
    box = confirmation.PageBox("60.5", "80", "200", "14")
    twin = Choice("u7", "Rui P. S. Vaz: same name", True)
    return confirmation.ConfirmPage(
        frame=frame("Confirm", "upload", tongue, FOCAL),
        head=Head(
            "Rui Patrício Sarmento Vaz",
            (Link("CVs", "/uploads"),),
            "cv_ملف.pdf",
            (Fact("For", "Portugal"), Fact("Received", "24 Nov 2026")),
        ),
        action="/documents/1/confirmation",
        finding="1 to check, 1 changed, 3 sure",
        document=CV,
        pictures=(
            confirmation.PagePicture(
                label="Page 1",
                src="data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=",
                view="0 0 595 842",
                width="1000",
                height="1415",
                marks=(
                    confirmation.PageMark(1, f"Name: {LONG}", (box,)),
                    confirmation.PageMark(3, "Language: French, A2", (box, box), True),
                ),
            ),
        ),
        show="picture",
        views=(Link("Picture", "?show=picture"), Link("Text", "?show=text")),
        to_check=(confirmation.CheckGroup("Language", (doubted,), "All 2 are right"),),
        checks=1,
        changed=(changed,),
        groups=(
            confirmation.SureGroup("sure", "Sure", "3", "Accepted when you confirm.", lines, True),
            confirmation.SureGroup("same", "The same", "1", "Nothing to decide.", ()),
        ),
        silent=(confirmation.Silent("u8", "Language", "Arabic, A2", "confirmed", True),),
        unknown=(confirmation.UnknownLine("Topic", "not read", Link("Add it", "#add-email")),),
        add=(confirmation.AddForm("add-email", "E-mail", (mail,), True, "E-mail: not one."),),
        confirm="Confirm, 21 facts",
        later=Link("Next CV, 11 left", "/documents/2?of=7"),
        lists=(confirmation.NameList("countries", ("Portugal", LONG)),),
        of="7",
        errors=(ErrorLine("#f3", "Language: Level: not known."),),
        previous=Link("Previous", "/documents/0"),
        next=Link("Next", "/documents/2"),
        progress=confirmation.Progress("3 of 12 waiting", "25%"),
        twins=confirmation.Twins(
            "Is this somebody who is on the roster already?",
            (
                confirmation.TwinChoice(twin, Link("Show what differs", "?as=u7")),
                confirmation.TwinChoice(Choice("new", "Somebody else")),
            ),
            "u7",
            "Set against the record: only what differs needs a decision.",
            "Say whether this is the same person.",
        ),
        notes=("Page 3 was read from a picture: look at it twice.",),
    )


def confirmed(tongue: Tongue) -> confirmation.ConfirmPage:
    """Return the same page after its confirmation, the original gone."""
    return replace(
        confirm(tongue, "#m"),
        action="",
        pictures=(),
        views=(),
        show="text",
        add=(),
        errors=(),
        twins=None,
        silent=(),
        progress=None,
    )


def waiting(tongue: Tongue, *, refused: bool) -> documents.WaitingPage:
    return documents.WaitingPage(
        frame("Being read", "upload", tongue, FOCAL),
        "This file cannot be read" if refused else "Being read",
        "It needs a password. Save it without one and send it again." if refused else "Wait.",
        (Link("All files", "/uploads"),),
        refused,
    )


NOTHING_FOUND = SearchAnswer((), {}, (), (), is_partial=False)


def search_results(tongue: Tongue) -> SearchPage:
    """Return a page with people, a request and an Action; a word is nowhere, and more are left."""
    hits = (
        SearchHit(
            FoundKind.EXPERT, UUID(int=1), None, "Maria da Conceição " + "Vasconcelos " * 4,
            "Chefe de divisão, Direção-Geral", "paused", ("PT",), Origin.SYNTHETIC, 1610.0,
            (("asile", TermField.CODE), ("Conceicao", TermField.NAME)),
        ),
        SearchHit(
            FoundKind.EXPERT, UUID(int=2), None, "سلمى الشاوش", None, "active", (),
            Origin.REAL, 610.0, (("asile", TermField.CODE),),
        ),
        SearchHit(
            FoundKind.REQUEST, UUID(int=3), "REQ-2026-004", "Asylum interviews", "Ministry",
            "received", ("MA", "TN"), Origin.SYNTHETIC, 900.0, (("asile", TermField.TITLE),),
        ),
        SearchHit(
            FoundKind.ACTION, UUID(int=4), "morocco-i", "Morocco I", None, "completed", ("MA",),
            Origin.REAL, 410.0, (("asile", TermField.WORK), ("Maroc", TermField.TEXT)),
        ),
    )  # fmt: skip
    answer = SearchAnswer(
        hits=hits,
        totals={FoundKind.EXPERT: 40, FoundKind.REQUEST: 1, FoundKind.ACTION: 1},
        meanings=(("asile", "topic:asylum_international_protection"), ("Maroc", "country:ma"),
                  ("arabe", "language:ar"), ("former", "activity:training")),
        missed=("xyzzy",),
        is_partial=True,
    )  # fmt: skip
    return search_page(frame("Search", "", tongue), tongue, "asile Maroc xyzzy", answer)


def home_pages(tongue: Tongue) -> dict[str, tuple[str, object]]:
    lines = (
        home.OpenRequest(
            LONG,
            "/requests/1",
            "REQ-2026-041",
            "Fiche drafted",
            "138 ranked, 6 shortlisted",
            Chip("look", "you: fill the drafter’s seat"),
            "",
            home.DeadlineBar("57%", "9 of 21"),
        ),
        home.OpenRequest(
            "Kyrgyzstan: return counselling",
            "/requests/2",
            "REQ-2026-039",
            "Screened",
            "not ranked yet",
            Chip("look", "you: screening note"),
            "",
            home.DeadlineBar("100%", "2 days late", True),
        ),
        home.OpenRequest(
            "Peru: labour mobility",
            "/requests/3",
            "REQ-2026-037",
            "Submitted",
            "4 proposed",
            None,
            "steering group, meets 2 Dec",
            None,
            "fiche sent 9 Nov",
        ),
    )
    news = (
        home.NewsLine(
            "Portugal added 140 people",
            "12 of them fit your open requests",
            "09:40",
            "2026-11-24T09:40:00Z",
            "/experts",
        ),
    )
    officer = home.HomePage(
        frame("Home", "home", tongue),
        tongue.weekday(date(2026, 11, 24)),
        "Three requests are yours. Two wait for you, one is late.",
        Link("New request from a letter", "/requests/new"),
        lines,
        Link("All 31", "/requests"),
        news,
    )
    empty = replace(
        officer,
        requests=(),
        news=(),
        finding="No request is yours.",
        empty=Empty(
            "No request is yours", "", (Link("New request from a letter", "/requests/new"),)
        ),
    )
    focal = home.FocalPointHome(
        frame("Home", "home", tongue, FOCAL),
        "Portugal",
        "One release waits for your answer.",
        Link("Upload CVs", "/uploads"),
        (
            Figure("Your people", "84", "31 never deployed", "/experts"),
            Figure("To confirm", "27", "", "/uploads"),
        ),
        (
            home.CallLine(
                "Côte d’Ivoire: statistics",
                "REQ-2026-041",
                "French B2, statistics, 1–12 Mar 2027",
                Chip("clock", "due 1 Dec"),
                "not answered yet",
                "/calls/1",
            ),
        ),
        (
            home.ReleaseLine(
                LONG,
                "/experts/1",
                "for REQ-2026-041, 1–12 Mar 2027",
                Chip("clock", "due 1 Dec"),
                "/releases/1/answer",
                (
                    FormField("valid_from", "Released from", "date", "2027-03-01", prefix="r1-"),
                    FormField("reason", "Reason of the refusal", prefix="r1-"),
                    FormField("note", "Note", prefix="r1-", wide=True),
                ),
            ),
        ),
        (home.UploadLine("24 Nov 2026", LONG, "/documents/1", Chip("look", "to confirm")),),
        (Figure("Language level unknown", "12"),),
        "What is not known of our people",
        Link("See and ask them", "/experts?status=active&gap=stale"),
        "14 records are older than a year.",
        (
            home.DemandLine(
                "Asylum, in French, Africa",
                "3 open requests ask for it",
                Chip("pass", "2 of your people could go"),
                (Link(LONG, "/experts/1"), Link("محمد العلوي", "/experts/2")),
                "and 2 others",
                "1 more, language level unknown",
            ),
            home.DemandLine(
                "Reintegration, in Portuguese, Africa",
                "1 open request asks for it",
                Chip("look", "nobody of yours yet"),
            ),
        ),
        "Your people could meet 1 of 2 needs of open requests",
        "4 more needs are not shown here.",
        (
            home.InterestNote(("Asylum", LONG), Link("Change", "/interests")),
            home.InterestNote((), Link("Say what we want to work on", "/interests")),
        ),
    )
    plain = home.PlainHome(
        frame("Home", "home", tongue, frozenset({"auditor"})),
        "Home",
        "Your role opens what stands here.",
        (home.PlainWay(Link("Actions done so far", "/actions"), "What the facility did."),),
    )
    return {
        "home": ("home/officer.html", officer),
        "home-empty": ("home/officer.html", empty),
        "focal": ("home/focal_point.html", focal),
        "focal-empty": (
            "home/focal_point.html",
            replace(
                focal,
                calls=(),
                releases=(),
                uploads=(),
                gaps=(),
                stale=None,
                demand=(),
                interests=(),
            ),
        ),
        "plain-home": ("home/plain.html", plain),
    }


def account_pages(tongue: Tongue) -> dict[str, tuple[str, object]]:
    nobody = replace(frame("Sign in", "", tongue), nav=(), account=None, search=None)
    email = FormField(
        "email", "Work e-mail", "email", "ilse@example.org", required=True, autocomplete="username"
    )
    secret = FormField(
        "password", "Password", "password", required=True, autocomplete="current-password"
    )
    signin = accounts.SignInPage(nobody, "/signin", email, secret, "/")
    refused = replace(
        signin,
        password=replace(secret, error="E-mail and password do not match. 4 tries are left."),
        error="You are not signed in.",
        other_ways=(Link("Your organisation’s account", "/oidc"),),
        demo=(accounts.DemoWay("officer@demo.example", LONG, "Project officer"),),
        demo_password="look-around",
    )
    account = accounts.AccountPage(
        frame("Account", "", tongue),
        LONG,
        "ilse@example.org",
        (accounts.GrantLine("Project officer", "MIEUX+"),),
        (
            accounts.SessionLine("Firefox on Linux", "since 24 Nov 2026", True, None),
            accounts.SessionLine(
                "Chrome", "since 3 Nov", False, PostButton("Sign out there", "/account/sessions/2")
            ),
        ),
        "/account/password",
        (
            secret,
            FormField("new_password", "New password", "password", hint="At least 12 characters."),
        ),
        PostButton("Sign out", "/signout"),
    )
    error = accounts.ErrorPage(
        nobody,
        422,
        "Some fields need correcting",
        "The request was not saved.",
        ("languages, 0: no such level",),
        (Link("Go to the first page", "/"),),
    )
    return {
        "signin": ("account/signin.html", signin),
        "signin-refused": ("account/signin.html", refused),
        "account": ("account/detail.html", account),
        "error": ("errors/error.html", error),
    }


@cache
def about_pages(tongue: Tongue) -> dict[str, tuple[str, object]]:
    bodies = (
        ResponsibleBody("MIEUX", None, None),
        ResponsibleBody(LONG, f"<script>alert(1)</script> {LONG}", "dpo@example.org"),
    )
    ranked = frame("How ranking works", "", tongue)
    private = frame("Privacy", "", tongue)
    usable = frame("Accessibility", "", tongue)
    return {
        "about-ranking": (
            "about/ranking.html",
            ranking_about(ranked, tongue, "rule-2", Engine().features),
        ),
        "about-privacy": ("about/privacy.html", privacy_about(private, tongue, 12, bodies)),
        "about-accessibility": (
            "about/accessibility.html",
            AccessibilityAbout(usable, usable.title),
        ),
    }


@cache
def examples(code: str = "en") -> Mapping[str, tuple[str, object]]:
    """Return every example: name → template and context; made once per language."""
    tongue = tongue_of(code)
    noticed = replace(
        ranking(10, tongue),
        frame=replace(
            ranking(1, tongue).frame,
            notices=(
                Notice("ok", "Two people are on the shortlist.", undo=PostButton("Undo", "/undo")),
            ),
        ),
    )
    return {
        **account_pages(tongue),
        **home_pages(tongue),
        **about_pages(tongue),
        **model_pages(tongue, frame),
        **portfolio_pages(tongue, frame),
        **report_pages(frame("Reports", "reports", tongue), tongue),
        **coverage_pages(frame("Coverage", "coverage", tongue), tongue),
        **administration_pages(
            tongue,
            frame,
            replace(frame("A link", "", tongue), nav=(), account=None, search=None),
        ),
        **feedback_pages(
            tongue,
            frame,
            replace(frame("Your feedback", "", tongue), nav=(), account=None, search=None),
        ),
        **privacy_pages(
            tongue,
            frame,
            replace(frame("Your record", "", tongue), nav=(), account=None, search=None),
        ),
        **notice_pages(
            tongue,
            frame,
            replace(frame("Your record", "", tongue), nav=(), account=None, search=None),
        ),
        **call_pages(tongue, frame, request_head("Calls and releases")),
        **fiche_pages(
            tongue,
            frame,
            replace(frame("Action fiche", "", tongue), nav=(), account=None, search=None),
        ),
        "search": ("search/results.html", search_results(tongue)),
        "search-empty": (
            "search/results.html",
            search_page(
                frame("Search", "", tongue), tongue, "", SearchAnswer((), {}, (), (), False)
            ),
        ),
        "requests": ("requests/list.html", request_list(5, tongue)),
        "requests-empty": ("requests/list.html", request_list(0, tongue)),
        "requests-50": ("requests/list.html", request_list(50, tongue)),
        "request-new": ("requests/new.html", request_new(tongue, letter=False)),
        "request-letter": ("requests/new.html", request_new(tongue, letter=True)),
        "request": ("requests/detail.html", request_detail(tongue)),
        "request-plain": (
            "requests/detail.html",
            replace(request_detail(tongue), document=None, screening=(), history=(), status=None),
        ),
        "ranking": ("rankings/detail.html", noticed),
        "ranking-50": ("rankings/detail.html", ranking(50, tongue)),
        "ranking-empty": ("rankings/detail.html", ranking(0, tongue)),
        "ranking-none": (
            "rankings/none.html",
            rankings.NoRankingPage(
                frame("Ranking", "requests", tongue),
                request_head("Ranking", LONG),
                "Nobody was ranked for this request yet",
                "Ranking holds everybody against the conditions of the request.",
                PostButton("Rank experts", "/requests/1/rankings"),
                Link("Correct fields", "/requests/1/edit"),
            ),
        ),
        "compare": (
            "rankings/compare.html",
            rankings.ComparePage(
                frame("Comparison", "requests", tongue), request_head("Ranking"), comparison(tongue)
            ),
        ),
        "shortlist": ("shortlists/board.html", shortlist(tongue, full=True)),
        "shortlist-empty": ("shortlists/board.html", shortlist(tongue, full=False)),
        "team": ("teams/board.html", team(tongue, full=True)),
        "team-infeasible": ("teams/board.html", team(tongue, full=False)),
        **board_pages(tongue, team(tongue, full=True)),
        "expert": ("experts/detail.html", expert(tongue, full=True)),
        "expert-empty": ("experts/detail.html", expert(tongue, full=False)),
        "experts": ("experts/list.html", expert_list(8, tongue)),
        "experts-50": ("experts/list.html", expert_list(50, tongue)),
        "experts-empty": ("experts/list.html", expert_list(0, tongue)),
        "actions": ("actions/list.html", action_list(6, tongue)),
        "actions-empty": ("actions/list.html", action_list(0, tongue)),
        "action": ("actions/detail.html", action_detail(tongue)),
        **action_pages(tongue, frame),
        "upload": ("uploads/list.html", upload(tongue, full=True)),
        "upload-empty": ("uploads/list.html", upload(tongue, full=False)),
        "batch": ("uploads/batch.html", batch(tongue, working=False)),
        "batch-working": ("uploads/batch.html", batch(tongue, working=True)),
        "columns": ("uploads/columns.html", columns(tongue)),
        "confirm": ("documents/confirm.html", confirm(tongue)),
        "confirm-read": (
            "documents/confirm.html",
            confirmed(tongue),
        ),
        "waiting": ("documents/waiting.html", waiting(tongue, refused=False)),
        "waiting-refused": ("documents/waiting.html", waiting(tongue, refused=True)),
        "sheets": ("actions/sheets.html", sheets(tongue, full=True)),
        "sheets-empty": ("actions/sheets.html", sheets(tongue, full=False)),
        "styleguide": (
            "styleguide.html",
            styleguide_page(frame("Parts and states", "", tongue), tongue),
        ),
    }
