"""In which mode a team of an outside collection is to be: as given, else as the letter asks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from api.collections.lines import Line
from roster.ingest.wording.lines import Piece, sentences_of
from roster.ingest.wording.plain import plain
from roster.vocabulary import TeamMode

_TRIANGULAR = re.compile(
    r"(?<!\w)(?:triangula\w*|trilateral\w*|dreiecks\w*|dreieckskooperation|"
    r"south[- –]south|sud[- –]sud|sur[- –]sur|sul[- –]sul|sued[- –]sued)(?!\w)"
)
_ONE_FROM = re.compile(
    r"(?<!\w)(?:one|a third|third|une?|troisieme|un[oa]?|tercer[oa]?|uma?|terceir[oa]|ein\w*)(?!\w)"
    r"[^.;]{0,60}(?:(?:of|from|in) (?:a |another |an? \w+ )?(?:partner|southern|non-eu) countr\w+|"
    r"(?:global )?south(?!\w)|pays (?:du sud|partenaire)|pais (?:del sur|do sul|socio|parceiro)|"
    r"(?:pays|pais|paises|country|countries) (?:of|in|d'|de|del|da|do)? ?(?:la |l'|west |east )?"
    r"(?:afri\w+|america latina|ameriq\w+|asi\w+|region)|partnerland\w*|"
    r"(?:african|asian|american) continent|continent africain|continente african\w+|"
    r"(?:outside|hors(?: de)?|fuera de|fora d[ae]|ausserhalb|fuori dall?)[ ']?"
    r"(?: ?the | ?l'| ?la | ?der )? ?(?:eu|ue|union|europ\w+|uniao|unione)(?!\w)|"
    r"(?:pays tiers|third countr\w+|pais(?:es)? tercer\w+|"
    r"tercer pais|pais(?:es)? terceir\w+|drittstaat\w*|drittland\w*|paes[ei] terz\w)(?!\w))"
)
_OPTIONAL = re.compile(
    r"(?<!\w)(?:if|would be|sera\w* accueil\w+|avec (?:joie|plaisir)|con gusto|com gosto|"
    r"puede ser|pode ser|can be|may be|peut etre|kann|valued|welcome|better|possible|condition|"
    r"ideally|si|souhait\w+|"
    r"apprecie\w*|idealement|bienvenu\w*|valorar\w*|desea\w*|convenient\w*|idealmente|se possivel|"
    r"desej\w+|bem-vind\w+|falls|gern\w*|wunschenswert|no (?:es|e) (?:una )?condici\w*)(?!\w)"
)
"""Words of a sentence that only wishes for somebody."""
_NOT = re.compile(
    r"(?<!\w)(?:no|not|neither|pas|ni|nao|nem|nicht|kein\w*|non|ne)(?!\w)[^.;]{0,30}$"
)
_NAMES = {
    "p2p": TeamMode.PEER_TO_PEER,
    "peer": TeamMode.PEER_TO_PEER,
    "peertopeer": TeamMode.PEER_TO_PEER,
    "triangular": TeamMode.TRIANGULAR,
    "trilateral": TeamMode.TRIANGULAR,
    "southsouth": TeamMode.TRIANGULAR,
    "custom": TeamMode.CUSTOM,
}


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode, and where it was read; None where nothing tells it."""

    mode: TeamMode | None
    told_by: str
    """"given", "letter" or "nothing"."""


def mode_of(line: Line, words: str) -> Mode:
    """Return the mode that a line gives, else the one its letter asks for.

    Raises
    ------
    InvalidInput
        The line names a mode that does not exist.
    """
    given = given_mode(line)
    if given is not None:
        return Mode(given, "given")
    if asks_for_triangular(words):
        return Mode(TeamMode.TRIANGULAR, "letter")
    return Mode(None, "nothing")


def given_mode(line: Line) -> TeamMode | None:
    """Return the mode in the field of a line, None where it has none.

    Raises
    ------
    InvalidInput
    """
    given = line.text("mode", needed=False)
    if not given:
        return None
    found = _NAMES.get(re.sub(r"[^a-z0-9]", "", given.lower()))
    if found is None:
        raise line.wrong("mode", "Give peer_to_peer, triangular or custom.")
    return found


def asks_for_triangular(words: str) -> bool:
    """Whether a letter speaks of triangular or South-South cooperation, or needs one of a partner.

    A sentence that refuses it, or only wishes for a member from a partner country, asks for none.
    """
    low = plain(words)
    if any(
        _ONE_FROM.search(plain(one.text)) and not _OPTIONAL.search(plain(one.text))
        for one in sentences_of(Piece(0, len(words), " ".join(words.split())))
    ):
        return True
    return any(not _NOT.search(low[: one.start()]) for one in _TRIANGULAR.finditer(low))
