"""Papers about data protection as pages."""

from __future__ import annotations

from roster.privacy.papers import PrivacyPaper
from web.contexts.about import PaperPage, PaperPart
from web.contexts.experts import PlainLine
from web.contexts.layout import Frame
from web.contexts.parts import Link


def paper_page(
    frame: Frame,
    paper: PrivacyPaper,
    links: tuple[Link, ...] = (),
    restricted: tuple[Link, ...] = (),
) -> PaperPage:
    """Return a paper as a page, with the ways to take it along."""
    return PaperPage(
        frame=frame,
        title=paper.title,
        lead=paper.lead,
        state=paper.state,
        is_complete=not paper.missing,
        parts=tuple(
            PaperPart(
                one.title,
                one.sentences,
                one.points,
                tuple(
                    PlainLine(row.label, row.value or "", unknown=row.unknown) for row in one.rows
                ),
            )
            for one in paper.sections
        ),
        links=links,
        restricted=restricted,
    )
