"""Keeping a record unused and taking a copy of it: for its person, or a coordinator who helps."""

from __future__ import annotations

from collections.abc import Sequence

from roster.read.privacy import DisclosureRow
from roster.tables import Restriction
from roster.telling.privacy_words import PrivacyWords
from roster.vocabulary import DisclosureMeans, RestrictionGround
from web.contexts.experts import ViewLine
from web.contexts.notices import Rights
from web.contexts.parts import Choice, FormField, PostButton
from web.tongues import Tongue
from web.wording import marked

_GROUNDS = {
    RestrictionGround.OBJECTION: marked("Being ranked and proposed is not wanted"),
    RestrictionGround.CONTESTED: marked("Something in it is wrong and is being looked at"),
    RestrictionGround.UNLAWFUL: marked("It should not be held, but is not to be erased"),
    RestrictionGround.CLAIM: marked("It is needed for a claim"),
}
_MEANS = {
    DisclosureMeans.FILE: marked("taken along as a file"),
    DisclosureMeans.LETTER: marked("asked for a release"),
    DisclosureMeans.KEY: marked("read by another system"),
    DisclosureMeans.LINK: marked("shown by a link"),
    DisclosureMeans.OWN_COPY: marked("a copy of everything"),
}
_KINDS = {
    "cv_template": marked("CV as a document"),
    "cv_anonymous": marked("CV without the name"),
    "shortlist": marked("shortlist"),
    "team": marked("team"),
    "release": marked("release"),
    "ranking": marked("ranking"),
    "unnamed": marked("ranking without your name"),
    "name": marked("your name"),
    "record": marked("record"),
    "cv": marked("CV"),
}


def rights_of(
    tongue: Tongue,
    restriction: Restriction | None,
    path: str,
    *,
    must_say: bool,
    error: str = "",
) -> Rights:
    """Return what can be done with a record.

    Parameters
    ----------
    path : its page; forms post to `/restriction`, `/lift` and `/copy` below it
    must_say : whether a reason has to be given
    """
    note = FormField("note", tongue.word("In words"), "textarea", required=must_say, error=error)
    copy = PostButton(tongue.word("Take a copy of everything"), f"{path}/copy")
    if restriction is not None:
        said = tongue.word(_GROUNDS[restriction.ground])
        day = tongue.day(restriction.created_at.date())
        why = tongue.word("Since %(day)s: %(reason)s.", day=day, reason=said)
        fields = (note,) if must_say else ()
        return Rights(why, f"{path}/lift", fields, tongue.word("Use it again"), copy)
    ground = FormField(
        "ground",
        tongue.word("Why"),
        "radios",
        choices=tuple(
            Choice(one.value, tongue.word(words), one is RestrictionGround.OBJECTION)
            for one, words in _GROUNDS.items()
        ),
        required=True,
    )
    submit = tongue.word("Keep it, do not use it")
    return Rights("", f"{path}/restriction", (ground, note), submit, copy)


def handed_lines(tongue: Tongue, rows: Sequence[DisclosureRow]) -> tuple[ViewLine, ...]:
    """Return to whom data was handed, on what basis and when."""
    words = PrivacyWords(tongue.code)
    return tuple(_line(tongue, words, one) for one in rows)


def _line(tongue: Tongue, words: PrivacyWords, one: DisclosureRow) -> ViewLine:
    who = one.recipient
    if one.country:
        who = f"{who} ({tongue.country(one.country)})"
    basis = words.of("bases", one.basis.value) if one.basis else words["missing"]
    kind = tongue.word(_KINDS[one.what]) if one.what in _KINDS else ""
    parts = [kind, tongue.word(_MEANS[one.means]), f"{words['basis']}: {basis}"]
    said = ", ".join(part for part in parts if part)
    return ViewLine(who, said, f"{tongue.day(one.at.date())} {tongue.time(one.at)}")
