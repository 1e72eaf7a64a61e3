"""How many people a letter asks for at least, where it says so in words."""

from __future__ import annotations

import re

from roster.ingest.letters.authority import ASKS
from roster.ingest.wording.lines import Piece, sentences_of
from roster.ingest.wording.plain import plain

_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "1 one une un una uno um uma ein eine einen",
            "2 two deux dos dois duas zwei due",
            "3 three trois tres drei tre",
            "4 four quatre cuatro quatro vier quattro",
            "5 five cinq cinco funf cinque",
            "6 six seis sechs sei",
        ),
        start=1,
    )
    for word in words.split()
}
_NUMBER = "|".join(_NUMBERS)
_PEOPLE = (
    r"(?:expert\w*|people|persons?|officials?|officers?|colleagues?|practitioners?|peers?|"
    r"specialists?|(?:civil|public) servants?|advis[eo]rs?|professionals?|personnes?|agente?s?|"
    r"responsables?|fonctionnaires?|collegues?|specialistes?|praticien\w*|pairs?|pares|homologues?|personas?|"
    r"funcionari[oa]s?|colegas?|tecnic[oa]s?|especialistas?|servidor\w*|profesionales|profesional|"
    r"perit[oa]s?|pessoas?|profissiona\w+|personen?|fachleute|fachkr\w+|beamt\w+|kolleg\w+|"
    r"bedienstet\w+|leute|espert\w|persone|persona|funzionari\w?|collegh\w|specialist\w)"
)
_BETWEEN = (
    rf"(?!(?:{_NUMBER}|of|for|from|with|de|du|des|del|do|da|por|para|con|com|pour|avec|aux?|von|fur|mit|di|"
    r"per|in|en|em|weeks?|days?|months?)(?!\w))[\w'’/-]+"
)
_ASKED = re.compile(
    rf"(?<![\w.,/])({_NUMBER})(?P<more>(?: (?:or|to|ou|a|o|oder|bis|-) |[-–/])(?:{_NUMBER}))?"
    rf"(?: \(\d\))?(?: {_BETWEEN}){{0,3}}? {_PEOPLE}(?!\w)"
    r"(?! (?:nuestr|noss|unser|de chez nous|(?:for|on|to) (?:an? )?(?:study )?visit|"
    r"(?:pour|en) (?:une )?visite|para (?:una |uma )?visita))"
)
_WANTED = re.compile(
    r"(?<!\w)(?:receive|welcom\w+|look(?:ing)? for|recevoir|accueillir|recherch\w+|cherch\w+|"
    r"voudrions|aimerions|envo\w+|recibir|busc\w+|querr?emos|necesit\w+|rogamos|propong\w+|receber|"
    r"procur\w+|querem\w*|pretend\w+|solicit\w+|empfang\w+|such\w+|wunsch\w+|cerch\w+|accoglier\w+|"
    r"vorremmo|grateful (?:for|to|if)|reconnaissants?|agradec\w+|dankbar|grat[io]|"
    r"would help|aiderait|ayudaria|ajudaria)(?!\w)"
)
_LABELLED = re.compile(
    r"^\W*(?:(?:\w{1,2}[.)]|who|team|profile?s?|equipe|equipo|equipa|perfil|profil|squadra|profilo|"
    r"(?:profile?|perfil|profil\w*) (?:recherche|souhaite|sought|required|requerido|buscado|"
    r"solicitado|pretendido|gesucht|richiesto)|trainers?|formateurs?|"
    r"formador\w+|docentes?|trainer\w*|a quien|a quem|quien(?:es)?|quem|qui|"
    r"wer|chi|what we (?:want|need|propose)|number of experts)\W+)*"
    r"(?:at least |au moins |al menos |pelo menos |mindestens |almeno )?$"
)
_AT_MOST = re.compile(
    r"(?:up to|at most|no more than|maximum(?: of)?|jusqu'a|au plus|au maximum|hasta|"
    r"maximo|como mucho|ate|no maximo|bis zu|hochstens|maximal|fino a|al massimo)(?: de)? $"
)
_THEIRS = re.compile(
    r"(?<!\w)(?:our|nos|nuestr\w+|noss\w+|unser\w*|nostr\w) $|"
    r"(?<!\w)(?:we have|there are|nous avons|il y a|tenemos|hay|temos|ha|"
    r"wir haben|es gibt|abbiamo|ci sono|train\w*|form(?:er|ation|ar|acao|acion)|"
    r"study visit|visite d'etude|visita de estudi?o)(?!\w)[^.;]{0,60}$"
)
"""What stands before people of those who ask."""


def least_people(letter: str) -> int | None:
    """Return the least number of people that a letter asks for; None where it names none.

    The first sentence decides that asks for so many people, or begins with them, alone or behind a
    label ("Team: two or three officials").
    """
    flow = "\n".join(" ".join(line.split()) for line in letter.splitlines())
    for sentence in sentences_of(Piece(0, len(flow), flow)):
        for line in plain(sentence.text).split("\n"):
            least = _least_in(line)
            if least is not None:
                return least
    return None


def _least_in(line: str) -> int | None:
    """Return the least number that a sentence in plain letters asks for."""
    for found in _ASKED.finditer(line):
        number, before = _NUMBERS[found.group(1)], line[: found.start()]
        if number == 1 and not found["more"]:
            continue  # "An officer" counts nobody.
        is_labelled = _LABELLED.match(_AT_MOST.sub("", before))
        asks = ASKS.search(before) or _WANTED.search(before)
        if is_labelled or (asks and not _THEIRS.search(before)):
            return 1 if _AT_MOST.search(before) else number
    return None
