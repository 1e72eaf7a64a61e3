"""The register of processing and the notice to experts, made of what a facility says.

Article 30 of the GDPR and Article 31 of Regulation (EU) 2018/1725 say what a register holds;
Articles 13 and 14, and 15 and 16, what a person is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlmodel import Session

from roster.inputs.privacy import WARN_DAYS, Controller, PrivacyRules, Recipient
from roster.policy import Actor, Permission, require
from roster.privacy.papers import PaperRow, PaperSection, PrivacyPaper
from roster.queries.privacy import privacy_rules
from roster.reference import countries
from roster.reference.bodies import is_eu
from roster.tables import Facility
from roster.telling.privacy_words import PrivacyWords
from roster.vocabulary import Kept, Purpose

_EEA = frozenset({"IS", "LI", "NO"})
"""Countries of the European Economic Area that are no Member States."""
_ABOUT_EXPERTS = (Purpose.FIND, Purpose.PROPOSE, Purpose.DEPLOY, Purpose.LEARN)


def register_of(session: Session, actor: Actor, *, locale: str) -> PrivacyPaper:
    """Return the register of processing of the actor's facility, in one language.

    Raises
    ------
    NotAllowed, InvalidInput
    """
    require(actor, Permission.READ_REGISTER)
    facility = session.get_one(Facility, actor.facility_id)
    rules, words = privacy_rules(facility), PrivacyWords(locale)
    sections = [
        PaperSection(words["who"], rows=tuple(_who(rules, words))),
        *(_processing(rules, words, one) for one in Purpose),
        PaperSection(words["recipients"], rows=tuple(_outside(rules.recipients, words))),
        PaperSection(words["kept_title"], rows=tuple(_times(rules, words, Kept))),
        PaperSection(words["security"], points=words.list_of("measures")),
    ]
    return PrivacyPaper(
        title=words["register_title"].format(facility=facility.name),
        lead=words["register_lead"],
        sections=tuple(sections),
        missing=rules.missing,
        state=_state(rules, words),
    )


def notice_to_experts(facility: Facility, *, locale: str) -> PrivacyPaper:
    """Return what every expert of a facility is told; anybody may read it.

    Raises
    ------
    InvalidInput
    """
    rules, words = privacy_rules(facility), PrivacyWords(locale)
    bases = tuple(_row(words, words.of("purpose", one.value), words.basis(rules, one))
                  for one in _ABOUT_EXPERTS)  # fmt: skip
    sections = (
        PaperSection(words["who"], rows=tuple(_who(rules, words))),
        PaperSection(words["what_for"], rows=bases),
        PaperSection(words["which_data"], (words["which_data_text"],)),
        PaperSection(words["from_whom"], (words["from_whom_text"],)),
        PaperSection(words["who_sees"], (words["who_sees_text"],)),
        PaperSection(words["recipients"], rows=tuple(_outside(rules.recipients, words))),
        PaperSection(words["deciding"], (words["deciding_text"],)),
        PaperSection(
            words["kept_title"],
            rows=tuple(_times(rules, words, (Kept.ORIGINALS, Kept.RECORDS, Kept.VIEWS))),
        ),
        PaperSection(words["rights"], points=words.list_of("rights_text")),
    )
    return PrivacyPaper(
        title=words["notice_title"].format(facility=facility.name),
        lead=words["notice_lead"],
        sections=sections,
        missing=rules.missing,
    )


def _state(rules: PrivacyRules, words: PrivacyWords) -> str:
    missing = len(rules.missing)
    return words["incomplete"].format(count=missing) if missing else words["complete"]


def _row(words: PrivacyWords, label: str, value: str | None, unknown: str = "") -> PaperRow:
    return PaperRow(label, value or None, unknown or words["missing"])


def _who(rules: PrivacyRules, words: PrivacyWords) -> Iterator[PaperRow]:
    yield _row(words, words["law"], words.law(rules))
    yield _row(words, words["controllers"], "; ".join(map(_controller, rules.controllers)))
    yield _row(words, words["contact"], rules.contact)
    yield _row(words, words["authority"], rules.authority)
    processors = "; ".join(_recipient(one, words) for one in rules.processors)
    yield _row(words, words["processors"], processors, words["none_named"])


def _controller(one: Controller) -> str:
    return ", ".join(filter(None, (one.name, one.part, one.contact)))


def _recipient(one: Recipient, words: PrivacyWords) -> str:
    where = countries.name_of(one.country, words.locale) if one.country else ""
    return ", ".join(filter(None, (one.name, where)))


def _processing(rules: PrivacyRules, words: PrivacyWords, purpose: Purpose) -> PaperSection:
    key = purpose.value
    return PaperSection(
        words.of("purpose", key),
        rows=(
            _row(words, words["basis"], words.basis(rules, purpose)),
            _row(words, words["people"], words.of("people_of", key)),
            _row(words, words["data"], words.of("data_of", key)),
            _row(words, words["seen_by"], words.of("seen_of", key)),
        ),
    )


def _outside(recipients: Sequence[Recipient], words: PrivacyWords) -> Iterator[PaperRow]:
    if not recipients:
        yield PaperRow(words["recipients"], None, words["none_named"])
    for one in recipients:
        said = one.safeguard or (words["within_union"] if _is_within(one) else None)
        yield PaperRow(_recipient(one, words), said, words["no_safeguard"])


def _is_within(one: Recipient) -> bool:
    """Whether no transfer to a third country is made: Article 44 asks nothing there."""
    if one.country is None:
        return False
    # Members whose membership has no end.
    return is_eu(one.country, date.max) or one.country in _EEA


def _times(rules: PrivacyRules, words: PrivacyWords, of: Iterable[Kept]) -> Iterator[PaperRow]:
    for kept in of:
        label = words.of("kept", kept.value)
        yield _row(words, label, words.kept(rules, kept), words["no_end"])
    warned = words["days"].format(days=rules.warn_days or WARN_DAYS)
    yield _row(words, words["warned"], warned)
