"""Invented contexts of data protection: papers, what a person asks for, why a CV is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from roster.errors import FieldError
from roster.inputs.privacy import PrivacyRules, Recipient
from roster.privacy.papers import PaperRow, PaperSection, PrivacyPaper
from roster.read import ExpertRow
from roster.read.facilities import RulesChange
from roster.read.privacy import DisclosureRow
from roster.tables import Restriction
from roster.vocabulary import Basis, DisclosureMeans, ExpertStatus, Origin, RestrictionGround
from web.contexts.layout import Frame
from web.contexts.notices import RightsPage
from web.contexts.parts import Link
from web.presenters.cv_paper import CvKind, cv_page
from web.presenters.facility_rules import Refused
from web.presenters.privacy import paper_page
from web.presenters.privacy_form import privacy_form_page
from web.presenters.purposes import purpose_page
from web.presenters.rights import handed_lines, rights_of
from web.tongues import Tongue

_NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
_LONG = "Maximiliane-Theodora von und zu der Tann-Rathsamhausen <script>alert(1)</script>"


def privacy_pages(
    tongue: Tongue, frame: Callable[..., Frame], nobody: Frame
) -> dict[str, tuple[str, object]]:
    """Return the register, the notice, the rights of a person, and the question for a purpose."""
    around = frame("Register", "rules", tongue)
    rows = (PaperRow("Law", None, "not said yet"), PaperRow("Contact", _LONG))
    paper = PrivacyPaper(
        "Register of processing: MIEUX",
        "What is done with data on people.",
        (
            PaperSection("Who answers", rows=rows),
            PaperSection("Security", ("Said once.",), ("First.", "Second.")),
        ),
        ("regime",),
        "1 point is not said yet.",
    )
    handed = (
        DisclosureRow(_NOW, "shortlist", _LONG, "PT", Basis.PUBLIC_TASK, DisclosureMeans.FILE),
        DisclosureRow(_NOW, "ranking", "Case system", None, None, DisclosureMeans.KEY),
    )
    kept = Restriction(
        facility_id=UUID(int=1),
        created_at=_NOW,
        expert_id=UUID(int=2),
        ground=RestrictionGround.OBJECTION,
        before=ExpertStatus.ACTIVE,
    )
    used = RightsPage(
        around,
        _LONG,
        rights_of(tongue, None, "/experts/1/rights", must_say=True, error="Say why."),
        handed_lines(tongue, handed),
        Link("Back", "/experts/1"),
    )
    not_used = replace(
        used, rights=rights_of(tongue, kept, "/experts/1/rights", must_say=True), handed=()
    )
    who = ExpertRow(
        UUID(int=2), Origin.SYNTHETIC, _LONG, ExpertStatus.ACTIVE, None, "PT", None, None
    )
    links = (Link("Register as DOCX", "/privacy/register"),)
    restricted = (Link(_LONG, "/experts/1/rights"),)
    form = privacy_form_page(
        frame("Data protection settings", "rules", tongue),
        tongue,
        PrivacyRules(contact=_LONG, recipients=(Recipient(name=_LONG, country="PT"),)),
        7,
        (RulesChange(_NOW, None, ("bases",)), RulesChange(_NOW, _LONG, ())),
        Refused(
            {"recipients_0_name": (_LONG,), "recipients_0_country": ("Atlantis",)},
            (FieldError("/recipients/0/country", "Give a country by its name or its code."),),
        ),
    )
    return {
        "privacy-settings": ("administration/privacy.html", form),
        "register": ("about/paper.html", paper_page(around, paper, links, restricted)),
        "notice-to-experts": (
            "about/paper.html", paper_page(nobody, replace(paper, missing=(), state="")),
        ),
        "rights": ("experts/rights.html", used),
        "rights-restricted": ("experts/rights.html", not_used),
        "cv": ("experts/cv.html", cv_page(around, tongue, who, CvKind.ANONYMOUS, refused=True)),
        "purpose": ("documents/purpose.html", purpose_page(around, tongue, "/documents/1/purpose")),
    }  # fmt: skip
