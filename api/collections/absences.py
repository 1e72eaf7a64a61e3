"""When somebody says that she cannot travel: absences told in the words of a CV."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from roster.dates import PartialDate, Period
from roster.ingest.wording.lines import Piece, sentences_of
from roster.ingest.wording.plain import plain
from roster.ingest.work.periods import find_periods
from roster.read import ExpertView

_AWAY = re.compile(
    r"(?<!\w)(?:not (?:be )?(?:available|free)|unavailable|"
    r"(?:parental|maternity|paternity|study|sick|sabbatical|unpaid) leave|on leave|on sabbatical|"
    r"pas disponible|indisponible|conge (?:parental|de|sans)|"
    r"en conge|no (?:estoy |estara |estare )?disponible|excedencia|"
    r"(?:baja|permiso|licencia) (?:por|de) (?:maternidad|paternidad)|"
    r"indisponive(?:l|is)|nao (?:estou |estara |estarei )?disponivel|"
    r"licenca (?:parental|de|sem)|nicht verfugbar|elternzeit|beurlaubt|sabbatjahr|"
    r"non (?:sono |sara |saro )?disponibile|congedo|aspettativa)(?!\w)"
)
_FREE_FROM = re.compile(
    r"(?<!\w)(?:available|free|disponible|disponivel|verfugbar|disponibile)"
    r" (?:only |again |uniquement |seulement |solo |apenas |erst |wieder |solo )?"
    r"(?:as )?(?:from|after|a partir d\w+|apres|desde|a partir de|despues de\w*|apos|ab|nach|"
    r"da\w*|dopo)(?!\w)"
)
_NEAR = 60
"""Characters between the word and its dates."""
_BEFORE = 25
"""Characters between dates and the word behind them."""


def with_absences(view: ExpertView, words: str) -> ExpertView:
    """Return a person with the absences that her words tell."""
    told = tuple(read_absences(words))
    return replace(view, unavailable=(*view.unavailable, *told)) if told else view


def read_absences(words: str) -> Iterator[Period]:
    """Yield absences, each a time in whole days: "unavailable in May 2027" is all of May."""
    for sentence in sentences_of(Piece(0, len(words), words)):
        low = plain(sentence.text)
        away, free = _AWAY.search(low), _FREE_FROM.search(low)
        if away is None and free is None:
            continue
        for one in find_periods(sentence.text):
            if away is not None and _is_near(away, one.start, one.end):
                yield _whole(one.period)
            elif away is None and free is not None and one.start <= free.end() + _NEAR:
                before = _day_before(one.period)
                if before is not None and one.end >= free.end():
                    yield Period(None, PartialDate.of(before))


def _is_near(away: re.Match[str], start: int, end: int) -> bool:
    """Whether dates stand behind the word, or right before it ("en mai je suis en congé")."""
    return away.start() <= start <= away.end() + _NEAR or 0 <= away.start() - end <= _BEFORE


def _whole(period: Period) -> Period:
    start = PartialDate.of(period.start.first_day) if period.start else None
    end = PartialDate.of(period.end.last_day) if period.end else None
    return Period(start, end, period.ongoing)


def _day_before(period: Period) -> date | None:
    return period.start.first_day - timedelta(days=1) if period.start else None


def keeps_from(period: Period, first: date, last: date) -> bool:
    """Whether an absence takes more than half of a window."""
    start = max(first, period.start.first_day) if period.start else first
    end = min(last, period.end.last_day) if period.end else last
    return 2 * ((end - start).days + 1) > (last - first).days + 1
