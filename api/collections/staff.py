"""Whom a letter wants: officials, as a facility of peers lends them, unless it says others too."""

from __future__ import annotations

import re
from dataclasses import replace

from roster.ingest.wording.plain import plain
from roster.read import RequestView
from roster.vocabulary import ExpertKind

OFFICIALS = frozenset({ExpertKind.EU_ADMINISTRATION, ExpertKind.NON_EU_ADMINISTRATION})
_OTHERS = (
    r"(?:academics?|academic experts?|researchers?|scholars?|professors?|university experts?|"
    r"consultants?|independent experts?|former officials?|retired officials?|"
    r"universitaires?|chercheurs?|enseignants[- ]chercheurs?|professeurs?|consultantes?|"
    r"experts? independants?|anciens fonctionnaires|retraites?|"
    r"academic[oa]s|investigador(?:es|as)?|profesor(?:es|as)?|consultor(?:es|as)?|"
    r"expert[oa]s independientes|jubilad[oa]s|"
    r"universitari[oa]s|professor(?:es|as)|perit[oa]s independentes|aposentad[oa]s|reformad[oa]s|"
    r"wissenschaftler\w*|forscher\w*|berater\w*|universita\w+|ricercator[ei]|professor[ei]|consulenti)"
)
_TOO = re.compile(
    rf"(?<!\w)(?:or|and|as well as|also|ou|et|ainsi que|aussi|o|y|e|tambien|tambem|bem como|oder|"
    rf"und|sowie|anche|nonche) (?:other |former |d'autres |des |de |d'|outros |otros |un |uma? |"
    rf"unos |auch |dei |an? )?{_OTHERS}(?!\w)[^.;]{{0,60}}"
    rf"(?:welcome|possible|accept\w*|eligible|considered|bienvenu\w*|possibles?|admis\w*|accepte\w*|"
    rf"bienvenid\w+|admitid\w+|aceptad\w+|bem-vind\w+|aceit\w+|willkommen|moglich|benvenut\w+)"
    rf"|(?<!\w){_OTHERS}(?!\w)[^.;]{{0,40}}(?:are (?:also )?welcome|"
    rf"may (?:also )?(?:apply|be proposed)|sont (?:aussi |egalement )?(?:les )?bienvenu\w*|"
    rf"peuvent (?:aussi |egalement )?etre propos\w+|"
    rf"son (?:tambien )?bienvenid\w+|sao (?:tambem )?bem-vind\w+|sind (?:auch )?willkommen)"
)
_NOT = re.compile(r"(?<!\w)(?:no|not|non|pas|ni|nao|nem|nicht|kein\w*|neither|sans|sin|sem)(?!\w)")


def with_staff(need: RequestView) -> RequestView:
    """Return a request of an authority with the kinds of expert that its letter asks for.

    A facility lends officials. A letter that welcomes others beside them names no kind.
    """
    if not (need.countries or need.authority) or welcomes_others(need.text):
        return need
    return replace(need, kinds=OFFICIALS)


def welcomes_others(words: str) -> bool:
    """Whether a letter welcomes academics, consultants or others beside officials."""
    return any(not _NOT.search(found.group()) for found in _TOO.finditer(plain(words)))
