"""Which of the dates of a letter is the window of the activity: no deadline, no date of writing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from roster.ingest.wording.lines import Piece
from roster.ingest.wording.plain import plain
from roster.ingest.work.windows import Window, find_windows, find_yearless

_WINDOW = re.compile(
    r"take place|tak\w+ place|from|between|during|dates?|schedul\w+|plann?\w+|mission|workshop|"
    r"period|"
    r"week|lieu|prevu\w*|entre|du \d|periode|semaine|realiza\w*|celebr\w+|previst\w+|fechas?|"
    r"semana|"
    r"decorr\w+|datas?|stattfind\w+|zeitraum|zwischen|vom|terol\w*|periodo|settimana|svolg\w+|"
    r"in the|au cours|durante|no decorrer|im |الفترة|من"
)
_PAST = re.compile(
    r"(?:your|our) (?:letter|note|call|e-?mail|meeting)|conversations? held|held in \w+ on|"
    r"following (?:the|our|your) (?:meeting|letter|request)|dated|signed|adopted|"
    r"votre (?:lettre|courrier)|suite a|en date du|signe\w* le|adopte\w*|su carta|de fecha|"
    r"firmad\w+|"
    r"vossa carta|datada|assinad\w+|ihr schreiben|unterzeichnet|la vostra lettera|del giorno|"
    r"suite a votre|seit|depuis (?:le|l')|meeting of|reunion du|reunion del|entry into force|"
    r"law (?:no|of)|loi n|ley n|lei n|decree|decret"
)
_DEADLINE = re.compile(
    r"(?<!\w)(?:deadline|closing date|due (?:date|by)|no later than|not later than|at the latest|"
    r"(?:reply|answer|respond|response|confirm\w*|nominat\w+|hear from you|reach us|submit\w*|"
    r"inform us|let us know)[^.;]{0,50}?(?:by|before|until|on)|by|(?<!not )before|until|"
    r"elections?(?: of| in)?|au plus tard|avant(?: le| la)?(?: fin)?|d'ici|date limite|"
    r"(?:reponse|repondre|confirm\w+)[^.;]{0,40}|fecha limite|plazo|a mas tardar|"
    r"antes d\w+|hasta el|data[- ]limite|prazo|o mais tardar|ate (?:ao? )?(?:dia)?|spatestens|"
    r"frist|"
    r"bis (?:zum|spatestens)|um antwort|entro(?: e non oltre)?(?: il)?|scadenza|قبل|في موعد أقصاه)"
    r"(?: (?:the|le|el|o|il|dem|zum|del?|do|es|is|sera|est|vence|end|fin|finales|fim))*[: ]*$"
)
_NOT_DEADLINE = re.compile(
    r"(?:not |no |pas |nao |nicht |non |cannot \w+ |ليس )(?:\w+ )?(?:before|avant|antes d\w+|prima|"
    r"قبل)[^.;]{0,12}$"
)
_AFTER_DEADLINE = re.compile(
    r"^\s*(?:at the latest|au plus tard|a mas tardar|o mais tardar|spatestens)"
)
_LABEL = re.compile(
    r"^\W*(?:(?:\d{1,2}|[a-z])[.)] ?)?(?:date|sent|envoye(?: le)?|fecha|enviado(?: el)?|data|datum|"
    r"gesendet|inviato|antragsdatum|(?:application|request|submission) date)"
    r"(?: (?:and place )?(?:of|de|d'|da|do|del|della|der|des) ?(?:the |la |l')?(?:applic|request|"
    r"submi|demand|requ|solicit|petic|pedid|candidat|antrag|richiest|domand|present|letter|lettre|carta|"
    r"signa|firma|assinat|unterschrift|dep[oô]t|envio|schreiben)\w*)?\s*:"
)
_LABELLED = re.compile(
    r"(?<!\w)(?:date|sent|envoye(?: le)?|fecha|enviado(?: el)?|data|datum|antragsdatum)"
    r"(?: (?:of|de la|da|de|du) (?:application|request|submission|demande|solicitud|pedido))?: ?$"
)
"""A label of a form that runs on in one sentence with the lines above it."""
_DATE_LINE = re.compile(
    r"^\W*[^\W\d_]*(?:[ ,./'-]+[^\W\d_]+){0,4},?\s*(?:the |le |el |den |il |aos |a |on |li )?$"
)


def choose_window(
    sentences: Sequence[Piece], language: str | None, today: date | None
) -> tuple[Window, Piece, float] | None:
    """Return the window that a letter asks for, where it says so, and how sure that is.

    Parameters
    ----------
    sentences : subject and body of the letter
    language : ISO 639-1 of the letter
    today : windows that ended before it are left out; None leaves that open
    """
    best: tuple[float, Window, Piece] | None = None
    for sentence in sentences:
        low = plain(sentence.text)
        if _LABEL.match(low):
            continue
        windows = find_windows(sentence.text, language)
        if today is not None:
            windows += find_yearless(sentence.text, language, today)
        for window in windows:
            score = _worth(low, window, today)
            if score > 0 and (best is None or score > best[0]):
                best = score, window, sentence.within(window.start, window.end)
    if best is None:
        return None
    return best[1], best[2], min(0.92, 0.5 + 0.2 * best[0])


def _worth(low: str, window: Window, today: date | None) -> float:
    if today is not None and (window.last or window.first) < today:
        return 0.0
    if _is_other(low, window):
        return 0.0
    score = 0.5 if window.first == window.last else 1.0
    score += 0.6 if _WINDOW.search(low[max(0, window.start - 60) : window.end]) else 0.0
    return score + (0.3 if window.exact and window.last is not None else 0.0)


def _is_other(low: str, window: Window) -> bool:
    """Whether it is a deadline, the date of the letter, or that of something that happened."""
    before, after = low[max(0, window.start - 70) : window.start], low[window.end :]
    if window.first == window.last and _LABELLED.search(before):
        return True
    if _PAST.search(before[-45:]) or _AFTER_DEADLINE.match(after):
        return True
    if window.last is not None and _DEADLINE.search(before) and not _NOT_DEADLINE.search(before):
        return True
    alone = len(low) < 60 and not after.strip(" .") and window.first == window.last
    return alone and bool(_DATE_LINE.match(low[: window.start])) and "," in low
