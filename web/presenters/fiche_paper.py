"""The action fiche as a document: what is written of it, and the talks it came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from roster.read import RequestDetail
from roster.read.fiches import ConsultationView, FicheView
from web.papers.paper import Paper, Table
from web.presenters.fiches import parts_of, version_words
from web.presenters.request_head import countries_words
from web.presenters.team_paper import origin_mark
from web.tongues import Tongue
from web.wording import say


def fiche_paper(
    found: RequestDetail,
    fiche: FicheView,
    talks: Sequence[ConsultationView],
    today: date,
    tongue: Tongue,
) -> Paper:
    """Return the paper of one version, in the words of a language."""
    _, need = tongue.word, found.need
    parts = parts_of(fiche, tongue)
    facts = (
        (_("Code"), found.row.code),
        (_("Authority"), need.authority or ""),
        (_("Country"), countries_words(need.countries, need.regional_body, tongue)),
        *((one.title, one.text) for one in parts if not one.heads),
    )
    tables = [Table(one.title, one.heads, one.rows, one.unknown) for one in parts if one.heads]
    heads = (_("Day"), _("With whom"), _("How"), _("What was agreed"))
    rows = tuple((tongue.day(one.held_on), one.with_whom, one.channel, one.note) for one in talks)
    none = _("No talk was written down.")
    version, state = version_words(fiche, tongue), say(tongue, fiche.status)
    return Paper(
        title=_("Action fiche: %(title)s", title=fiche.title),
        subject=f"{version}: {state}",
        mark=origin_mark([found.row.origin], tongue),
        facts=tuple(fact for fact in facts if fact[1]),
        facts_title=_("The request"),
        tables=(*tables, Table(_("Consultations"), heads, rows, none)),
        footer=_(
            "%(code)s, %(version)s, written on %(day)s.",
            code=found.row.code,
            version=version,
            day=tongue.day(today),
        ),
        language=tongue.locale.language,
    )
