"""Names of public bodies in running words: where each begins and ends, in any of the languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roster.ingest.wording.lines import Piece
from roster.ingest.wording.plain import plain
from roster.reference import administrations
from roster.vocabulary import AdministrationKind

_TOKEN = re.compile(r"[^\W\d_]{1,5}['’]|[^\W_]+(?:-[^\W_]+)*|[,&]")
_MINISTRY = re.compile(r"minister\w*|ministr(?:y|ies)|\w*ministerium|وزارة|وزارتا")
_ROMANCE_BODY = re.compile(
    r"ministere?s?|ministeri?os?|ministeri|direction|direccion|direcc?ao|direzione|"
    r"secretariats?|secretaria|segretariato|commission|comision|comissao|commissione|"
    r"superintendencia|servico|servicio|servizio|institut[oe]?s?|istituto|agence|agencia|agenzia|"
    r"office|oficina|ufficio|haut-commissariat|commissariat|comisaria|observatoire|observatorio|"
    r"autorite|autoridad|autoridade|conseil|consejo|conselho|consiglio|gendarmerie|police|policia|"
    r"polizia|departamento|departement|dipartimento|cancilleria|chancellerie|unidad|unite|"
    r"subsecretaria|viceministerio|vice-ministerio|prefecture|parlement|parlamento|comite|cellule|"
    r"fiscalia|procuraduria|defensoria|registro|conservatoria|alto-comissariado|delegacion"
)
_ENGLISH_BODY = re.compile(
    r"ministry|ministries|department|directorate(?:-general)?|agency|authority|office|service|"
    r"services|secretariat|commission|board|council|bureau|institute|inspectorate|administration|"
    r"police|committee|unit|corps|registry|division|commissariat|ombudsman|parliament|centre|"
    r"\w*(?:ministerium|polizei|behorde|inspektorat|direktion|sekretariat|kommission|institut|"
    r"(?:bundes|landes|staats|melde|statistik|auslander|standes|grenz|migrations|zoll|arbeits)amt)"
)
_GOVERNMENT = re.compile(r"governments?|gouvernements?|gobiernos?|governos?|regierung|governo")
_OF = frozenset(
    {
        "of",
        "de",
        "du",
        "des",
        "d'",
        "del",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "della",
        "dello",
        "degli",
        "dell'",
        "der",
        "fur",
    }
)
_ARTICLES = frozenset(
    {
        "the",
        "le",
        "la",
        "les",
        "l'",
        "el",
        "los",
        "las",
        "o",
        "a",
        "os",
        "as",
        "das",
        "die",
        "den",
        "il",
        "lo",
        "gli",
        "i",
    }
)
_AND = frozenset(["and", "et", "y", "e", "und", "ed", "&"])
_FOR = frozenset(["for", "on", "pour", "a", "l'a", "para", "per", "sur"]) - {"a"}
_ADJECTIVE = re.compile(
    r"\w{2,}(?:a(?:l|le|ux|les|is|li)|iques?|ic[oa]s?|ic(?:i|he)|el(?:le)?s?|il(?:e|es)?|"
    r"ieur(?:e|es|s)?|ior(?:es)?|oires?|ori[ao]s?|ives?|iv[ao]s?|er[oae]?s|eres|eri|ains?|"
    r"aines?|an[oa]s?|ois(?:es?)?|ien(?:ne)?s?|eenn?es?|unies?)"
)
_BY_STEM = (
    (
        r"refugee|refugi|asyl|asil|immigra|emigra|citizenship|passport|pasaport|passeport",
        "IMMIGRATION_ASYLUM",
    ),
    (r"statisti|estadistic|estatistic|إحصاء", "STATISTICS"),
    (r"border|frontier|fronter|fronteir|grenz", "BORDER_POLICE"),
    (r"customs|douane|aduana|alfandeg|zoll|dogan", "CUSTOMS"),
    (r"etat civil|registro civil|civil regist|standesamt|stato civile", "CIVIL_REGISTRY"),
    (r"migra", "IMMIGRATION_ASYLUM"),
    (
        r"labour|labor\b|travail|trabajo|trabalho|arbeit|lavoro|employ|emploi|empleo|emprego|العمل",
        "LABOUR",
    ),
    (r"interior|internal affairs|interieur|interno|innen|الداخلية", "INTERIOR"),
    (r"diaspora|exterieur et|overseas", "DIASPORA"),
    (r"justi[cz]|giustizia|العدل", "JUSTICE"),
    (r"foreign|etrangeres|exteriores|estrangeiros|esteri|auswart|الخارجية", "FOREIGN_AFFAIRS"),
    (r"polic|polizi", "POLICE"),
)
"""Plain stems that tell the discipline of a body no list names, the narrower first."""
_NO_BODY = frozenset(
    {"dear", "monsieur", "madame", "sir", "madam", "senor", "senora", "senhor", "excellence"}
)
_REACH = 6


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    low: str

    @property
    def is_capital(self) -> bool:
        return self.word[:1].isupper()


def find_names(piece: Piece, *, governments: bool = False) -> list[Piece]:
    """Return the names of public bodies in some words, in order of place.

    Parameters
    ----------
    piece : a sentence or a line
    governments : whether "the Government of X" counts too
    """
    tokens = [
        _Token(one.start(), one.end(), one.group(), plain(one.group()))
        for one in _TOKEN.finditer(piece.text)
    ]
    return list(_names(piece, tokens, governments))


def _names(piece: Piece, tokens: Sequence[_Token], governments: bool) -> Iterator[Piece]:
    taken = 0
    for at, token in enumerate(tokens):
        if at < taken or not _is_body(token, governments):
            continue
        last = _rightmost(piece.text, tokens, at)
        first = _leftmost(piece.text, tokens, at, taken)
        if first == last:  # a bare "Commission", "Office": which one stays open
            continue
        taken = last + 1
        yield piece.within(tokens[first].start, tokens[last].end)


def _is_body(token: _Token, governments: bool) -> bool:
    if not token.is_capital:
        return False
    return bool(
        _ROMANCE_BODY.fullmatch(token.low)
        or _ENGLISH_BODY.fullmatch(token.low)
        or (governments and _GOVERNMENT.fullmatch(token.low))
    )


def _rightmost(text: str, tokens: Sequence[_Token], at: int) -> int:
    """Return the last token of a name that goes on to the right of its body word."""
    last, of = at, False
    for here in range(at + 1, len(tokens)):
        token = tokens[here]
        if text[tokens[here - 1].end : token.start].strip() or not _may_follow(tokens, here, of):
            break
        if token.low in _OF | _ARTICLES | _FOR:
            of = token.low in _OF or (of and token.low in _ARTICLES)
        elif token.low in _AND or token.word == ",":
            of = False
        else:
            last, of = here, False
    return last


def _may_follow(tokens: Sequence[_Token], here: int, of: bool) -> bool:
    """Whether a token can go on with the name before it; `of` says that an "of" came last."""
    token = tokens[here]
    if token.low in _OF | _FOR:
        return True
    if token.low in _ARTICLES:
        return of or tokens[here - 1].low in _FOR | _AND
    if token.low in _AND:
        return not _begins_another(tokens, here + 1)
    if token.word == ",":
        return _list_goes_on(tokens, here + 1)
    return token.is_capital or of or bool(_ADJECTIVE.fullmatch(token.low))


def _begins_another(tokens: Sequence[_Token], at: int) -> bool:
    """Whether what follows an "and" is a body of its own: "and the Service of Armenia"."""
    if at >= len(tokens):
        return True
    if _ROMANCE_BODY.fullmatch(tokens[at].low):
        return True
    if tokens[at].low not in _ARTICLES:
        return False
    return any(_is_body(token, governments=True) for token in tokens[at + 1 : at + 1 + _REACH])


def _list_goes_on(tokens: Sequence[_Token], at: int) -> bool:
    """Whether a comma stands inside a name: "Travail, de l'Emploi et de la Fonction publique"."""
    ahead = tokens[at : at + 2 * _REACH]
    conjunction = next((n for n, token in enumerate(ahead) if token.low in _AND), None)
    if not ahead or conjunction is None or conjunction > _REACH + 3:
        return False
    return all(
        token.is_capital or token.low in _OF | _ARTICLES or _ADJECTIVE.fullmatch(token.low)
        for token in ahead[:conjunction]
        if token.word != ","
    ) and not any(_is_body(token, governments=False) for token in ahead[: conjunction + 2])


def _leftmost(text: str, tokens: Sequence[_Token], at: int, taken: int) -> int:
    """Return the first token of a name that ends in its body word: "State Border Service"."""
    if not _ENGLISH_BODY.fullmatch(tokens[at].low):
        return at
    first, joined = at, False
    for here in range(at - 1, taken - 1, -1):
        token = tokens[here]
        if text[token.end : tokens[here + 1].start].strip():
            break
        if token.low in _AND or (token.low in _OF | _FOR and not token.is_capital):
            joined = joined or token.low in _AND
            continue
        if token.word == "," and joined:
            continue
        if not token.is_capital or token.low in _ARTICLES | _OF | _NO_BODY:
            break
        first = here
    return first


def kind_of(name: str) -> AdministrationKind | None:
    """Return the discipline of a body; where the whole name says none, what its parts say."""
    whole = administrations.kind_of(name)
    if whole is not None and whole is not AdministrationKind.OTHER:
        return whole
    head = re.match(r"\S+(?: \S+)?", name)
    for part in re.split(r", (?:and )?| and | et | y | e | und ", name)[1:]:
        kind = administrations.kind_of(f"{head.group().split()[0] if head else ''} {part}")
        if kind is not None and kind is not AdministrationKind.OTHER:
            return kind
    low = plain(name)
    for stems, named in _BY_STEM:
        if re.search(stems, low):
            return AdministrationKind[named]
    return whole or (AdministrationKind.OTHER if _MINISTRY.search(low) else None)
