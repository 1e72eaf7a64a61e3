"""What a ranking had nothing to go by, said for the list as a whole: nothing is made up for it."""

from __future__ import annotations

from matching.arrays import Bools, Floats
from matching.features import NAMES
from matching.index import Index
from matching.question import Question
from matching.relations import language_label
from matching.text import list_in_words

_ASKED = {
    "topic": "topics",
    "activity": "types of activity",
    "country": "countries",
    "language": "languages",
    "free": "dates",
}
"""What a request leaves open where the feature has nothing to measure."""


def lacks(question: Question, index: Index, active: Bools, most: Floats) -> tuple[str, ...]:
    """Say what the request, the roster or the weights leave a ranking without.

    Parameters
    ----------
    active : bool array (n_features,): what the request gives something to measure
    most : float array (n_features,): the most points that anybody could get
    """
    if not len(index):
        return ("There is nobody on the roster to rank.",)
    notes = []
    by_name = dict(zip(NAMES, active.tolist(), strict=True))
    absent = [words for name, words in _ASKED.items() if not by_name[name]]
    if absent:
        named = list_in_words(absent, "or")
        notes.append(f"The request names no {named}: nobody has points for what is not asked.")
    unknown = [
        want.label
        for want in question.topics
        if want.code in question.request.topics and not index.topics & set(want.near)
    ]
    if unknown:
        notes.append(f"Nobody on the roster has shown {list_in_words(unknown)}, nor a topic near.")
    for need in question.request.languages:
        if not index.level(need.language).any():
            name = language_label(need.language)
            notes.append(f"No record on the roster names {name}, which the request asks for.")
    if not most.any():
        notes.append("All that was asked for has the weight 0: everybody is equal, in no order.")
    return tuple(notes)
