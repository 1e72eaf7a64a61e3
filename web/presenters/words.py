"""A facility's own words beside the lists of the field, in words for administrators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from roster.findable import code as term_of
from roster.read.own_words import OwnWordRow, RereadingRow, TermUse, WordEffect
from roster.reference import activities, topics
from roster.vocabulary import ActivityType, WordList
from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, Choice, FormField, Link, Notice, PostButton
from web.contexts.uploads import Progress
from web.contexts.words import Effect, ReadingPart, TermLine, TermWords, WordLine, WordsPage
from web.forms import error_lines, filled
from web.presenters.administration import PATH as ADMINISTRATION
from web.presenters.administration import Sent
from web.presenters.report_words import area_words
from web.tongues import Tongue
from web.wording import marked

PATH = f"{ADMINISTRATION}/words"
LOOK_S = 2
_NONE = "none"
_LANGUAGES = [
    "en",
    "fr",
    "es",
    "pt",
    "ar",
    "bg",
    "cs",
    "da",
    "de",
    "el",
    "et",
    "fi",
    "ga",
    "hr",
    "hu",
    "it",
    "lt",
    "lv",
    "mt",
    "nl",
    "pl",
    "ro",
    "ru",
    "sk",
    "sl",
    "sv",
    "tr",
    "uk",
]
_MOST = 0.5
"""A word that stands in more than this share of the CVs tells nobody apart."""
_LEAST_FOR_SHARE = 10

REFUSALS = (
    marked("Give a word or a phrase of up to 6 words and 80 letters."),
    marked(
        "Give letters and figures only. A * may stand at the end of a word, after 4 letters "
        "or more: it stands for any ending."
    ),
    marked("This is too short to tell it from other words."),
    marked("Choose one of the list."),
    marked("This language is not known."),
    marked("It is read like this already, without your help."),
    marked("There are 500 words of your own. Take some back first."),
    marked("This word is on your list already. Take it back to change its meaning."),
)
"""What a word is refused with, as the roster says it."""


@dataclass(frozen=True, slots=True)
class Lists:
    """What is shown of the lists of one facility."""

    words: tuple[OwnWordRow, ...]
    readings: tuple[RereadingRow, ...]
    changed: int
    """Words added or taken back since all CVs were read for them."""
    cvs: int
    use: Mapping[WordList, Mapping[str, TermUse]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed or opened."""

    sent: Sent = field(default_factory=lambda: Sent({}, {}))
    effect: tuple[str, WordEffect] | None = None
    """The phrase looked at, and what it would change."""
    problem: str = ""
    term: tuple[WordList, str] | None = None


def words_page(frame: Frame, tongue: Tongue, held: Lists, asked: Asked) -> WordsPage:
    """Return the page."""
    fields = tuple(filled(one, *asked.sent) for one in _fields(tongue))
    count = [one for one in held.words if one.until is None]
    reading = _reading(tongue, held)
    return WordsPage(
        frame=frame,
        head=Head(
            title=tongue.words("%(num)s word of your own", "%(num)s words of your own", len(count))
            if count
            else tongue.word("No word of your own yet"),
            crumbs=(Link(tongue.word("Administration"), ADMINISTRATION),),
        ),
        reading=reading,
        action=PATH,
        fields=fields,
        errors=error_lines(fields),
        problem=Notice("no", asked.problem) if asked.problem else None,
        effect=_effect(tongue, *asked.effect) if asked.effect else None,
        words=tuple(_word(tongue, one) for one in count),
        gone=tuple(_word(tongue, one) for one in held.words if one.until is not None),
        term=_term(tongue, *asked.term) if asked.term else None,
        topics=_topics(tongue, held, asked.term),
        activities=_activities(tongue, held, asked.term),
        refresh_s=LOOK_S if reading.progress else None,
    )


def meaning_of(value: str) -> tuple[WordList, str | None] | None:
    """Return the list and the code that a choice of the form stands for; None: it is none."""
    name, _, code = value.partition(":")
    known = {one.value: one for one in WordList}
    return (known[name], None if code == _NONE else code) if name in known and code else None


def term_asked(value: str) -> tuple[WordList, str] | None:
    """Return the topic or type of activity that an address names; None where there is no such."""
    of, code = meaning_of(value) or (WordList.TOPIC, None)
    if code is None:
        return None
    kinds = {one.value for one in ActivityType}
    is_known = topics.is_topic(code) if of is WordList.TOPIC else code in kinds
    return (of, code) if is_known else None


def _label(tongue: Tongue, of: WordList, code: str | None) -> str:
    if of is WordList.TOPIC:
        return topics.label(code, tongue.code) if code else tongue.word("No topic")
    if code is None:
        return tongue.word("No type of activity")
    return activities.label(ActivityType(code), tongue.code)


def _fields(tongue: Tongue) -> tuple[FormField, ...]:
    codes = [
        *((WordList.TOPIC, one.code) for one in topics.topics()),
        *((WordList.ACTIVITY, one.value) for one in ActivityType),
    ]
    means = [
        Choice("", tongue.word("Choose")),
        *(Choice(f"{of.value}:{code}", _label(tongue, of, code)) for of, code in codes),
        *(Choice(f"{of.value}:{_NONE}", _label(tongue, of, None)) for of in WordList),
    ]
    languages = sorted((tongue.language(one), one) for one in _LANGUAGES)
    return (
        FormField(
            "phrase",
            tongue.word("Word or phrase"),
            required=True,
            autocomplete="off",
            hint=tongue.word(
                "As it is written in CVs and letters. A * at the end of a word stands for any "
                "ending; an acronym in capitals counts only so."
            ),
        ),
        FormField(
            "means",
            tongue.word("What it means here"),
            "select",
            choices=tuple(means),
            required=True,
            hint=tongue.word("“No topic” hides a word that is read wrongly in your texts."),
        ),
        FormField(
            "language",
            tongue.word("In texts in"),
            "select",
            choices=(
                Choice("", tongue.word("any language")),
                *(Choice(code, name) for name, code in languages),
            ),
        ),
    )


def _word(tongue: Tongue, row: OwnWordRow) -> WordLine:
    said = tongue.word(
        "%(day)s, %(who)s", day=tongue.day(row.since.date()), who=_who(tongue, row.by)
    )
    button = PostButton(tongue.word("Take back"), f"{PATH}/{row.id}/retire")
    if row.until is not None:
        until = tongue.word(
            "%(day)s, %(who)s", day=tongue.day(row.until.date()), who=_who(tongue, row.until_by)
        )
        said = tongue.word("%(added)s; taken back %(gone)s", added=said, gone=until)
        values = (
            ("phrase", row.phrase),
            ("means", f"{row.of.value}:{row.code or _NONE}"),
            ("language", row.language or ""),
        )
        button = PostButton(tongue.word("Add again"), PATH, values)
    return WordLine(
        phrase=row.phrase,
        where=tongue.language(row.language) if row.language else tongue.word("any language"),
        means=_label(tongue, row.of, row.code),
        said=said,
        button=button,
    )


def _who(tongue: Tongue, name: str | None) -> str:
    return name or tongue.word("an account that is gone")


def _reading(tongue: Tongue, held: Lists) -> ReadingPart:
    last = held.readings[0] if held.readings else None
    going = last if last is not None and last.finished_at is None else None
    past = tuple(
        (_asked(tongue, one), _came_of(tongue, one)) for one in held.readings if one.finished_at
    )
    if going is not None:
        words = tongue.word(
            "%(done)s of %(all)s CVs",
            done=tongue.number(going.done),
            all=tongue.number(going.total),
        )
        title = tongue.word("CVs are being read anew")
        text = tongue.word("You may leave this page: it goes on.")
        bar = Progress(tongue.word("Read anew"), words, going.done, max(going.total, 1))
        return ReadingPart(title, text, bar, None, past)
    if not held.changed:
        text = tongue.word("CVs that come are read with them.")
        return ReadingPart(tongue.word("All CVs are read for your words"), text, None, None, past)
    title = tongue.words(
        "%(num)s word changed since all CVs were read",
        "%(num)s words changed since all CVs were read",
        held.changed,
    )
    text = tongue.word(
        "Letters, search and CVs that come follow it at once. CVs read before follow once they "
        "are read anew; what somebody confirmed or refused stays."
    )
    label = tongue.words("Read %(num)s CV anew", "Read %(num)s CVs anew", held.cvs)
    return ReadingPart(title, text, None, PostButton(label, f"{PATH}/read"), past)


def _asked(tongue: Tongue, row: RereadingRow) -> str:
    return tongue.word("%(day)s, %(who)s", day=tongue.time(row.asked_at), who=_who(tongue, row.by))


def _came_of(tongue: Tongue, row: RereadingRow) -> str:
    parts = [
        tongue.words("%(num)s CV looked at", "%(num)s CVs looked at", row.done),
        tongue.words("%(num)s fact found", "%(num)s facts found", row.found),
        tongue.words("%(num)s dropped", "%(num)s dropped", row.dropped),
        tongue.words("%(num)s record changed", "%(num)s records changed", row.people),
    ]
    return ", ".join(parts)


def _effect(tongue: Tongue, phrase: str, effect: WordEffect) -> Effect:
    title = tongue.words(
        "“%(phrase)s” stands in %(num)s CV", "“%(phrase)s” stands in %(num)s CVs", effect.cvs,
        phrase=phrase,
    )  # fmt: skip
    lines = (
        tongue.words("Looked at: %(num)s CV.", "Looked at: %(num)s CVs.", effect.looked_at),
        tongue.words(
            "Of these, %(num)s is of a person who does not carry this meaning yet.",
            "Of these, %(num)s are of people who do not carry this meaning yet.",
            effect.new,
        ),
        tongue.words(
            "It stands in the words of %(num)s request.",
            "It stands in the words of %(num)s requests.",
            effect.requests,
        ),
    )
    chip = None
    if not effect.cvs and not effect.requests:
        chip = Chip("look", tongue.word("nobody writes it so yet"))
    elif effect.looked_at >= _LEAST_FOR_SHARE and effect.cvs > _MOST * effect.looked_at:
        chip = Chip("look", tongue.word("so common that it tells nobody apart"))
    return Effect(title, lines, chip)


def _topics(
    tongue: Tongue, held: Lists, opened: tuple[WordList, str] | None
) -> tuple[TermLine, ...]:
    own = _own(held, WordList.TOPIC)
    return tuple(
        _line(tongue, held, WordList.TOPIC, one.code, own, opened, one.area or "")
        for one in topics.topics()
    )


def _activities(
    tongue: Tongue, held: Lists, opened: tuple[WordList, str] | None
) -> tuple[TermLine, ...]:
    own = _own(held, WordList.ACTIVITY)
    return tuple(
        _line(tongue, held, WordList.ACTIVITY, one.value, own, opened, "") for one in ActivityType
    )


def _own(held: Lists, of: WordList) -> Counter[str]:
    return Counter(
        one.code for one in held.words if one.until is None and one.of is of and one.code
    )


def _line(
    tongue: Tongue,
    held: Lists,
    of: WordList,
    code: str,
    own: Counter[str],
    opened: tuple[WordList, str] | None,
    about: str,
) -> TermLine:
    use = held.use[of].get(term_of(of.value, code), TermUse(0, 0, 0))
    return TermLine(
        label=_label(tongue, of, code),
        href=f"{PATH}?term={of.value}:{code}#term",
        about=area_words(tongue, about) if about else "",
        own=tongue.number(own[code]) if own[code] else "",
        people=tongue.number(use.people),
        requests=tongue.number(use.requests),
        actions=tongue.number(use.actions),
        on=opened == (of, code),
    )


def _term(tongue: Tongue, of: WordList, code: str) -> TermWords:
    said = topics.phrases(code) if of is WordList.TOPIC else activities.phrases(ActivityType(code))
    rows = sorted((tongue.language(language), language) for language in said)
    note = tongue.word("* stands for any ending.")
    if of is WordList.TOPIC:
        more = tongue.word("The labels of EuroVoc in 24 languages are read too.")
        note = f"{note} {more}"
    return TermWords(
        title=tongue.word("Read as “%(term)s”", term=_label(tongue, of, code)),
        rows=tuple((name, language, ", ".join(said[language])) for name, language in rows),
        note=note,
    )
