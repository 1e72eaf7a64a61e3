"""The page behind a guest's link: one fiche, her comments, her vote."""

from __future__ import annotations

from dataclasses import replace

from roster.read.fiches import GuestPage
from roster.vocabulary import GuestRole, VoteChoice
from web.contexts.fiches import GuestFichePage, SmallForm
from web.contexts.layout import Frame
from web.contexts.parts import FormField
from web.presenters.decisions import vote_said
from web.presenters.fiche_page import Refused, comment_form, small_form
from web.presenters.fiches import comment_said, parts_of, version_words
from web.presenters.request_head import countries_words
from web.tongues import Tongue
from web.wording import choices, say


def guest_page(
    frame: Frame, found: GuestPage, path: str, tongue: Tongue, refused: Refused, told: str = ""
) -> GuestFichePage:
    """Return the page; forms post to `path`, which is the link itself."""
    _ = tongue.word
    for_whom = countries_words(found.countries, found.regional_body, tongue)
    facts = (
        (_("You read it as"), f"{found.label} ({say(tongue, found.role)})"),
        (_("Facility"), found.facility),
        (_("Request"), found.code),
        (_("Requesting authority"), found.authority or ""),
        (_("For"), for_whom),
    )
    fiche = found.fiche
    if fiche is None:
        return GuestFichePage(
            frame=frame,
            title=_("There is nothing to read yet"),
            lead=_("This link opens the action fiche as soon as it is shared with you."),
            facts=tuple(fact for fact in facts if fact[1]),
            parts=(),
            said=(),
            forms=(),
        )
    said = [comment_said(one, tongue) for one in found.comments]
    if found.vote is not None:
        said.insert(0, vote_said(found.vote, tongue))
    return GuestFichePage(
        frame=frame,
        title=fiche.title,
        lead=_lead(found, tongue),
        facts=(*(fact for fact in facts if fact[1]), (_("Version"), version_words(fiche, tongue))),
        parts=parts_of(fiche, tongue),
        said=tuple(said),
        forms=_forms(found, path, tongue, refused) if found.open else (),
        told=told,
        closed="" if found.open else _("It was decided on: comments and votes are closed."),
        problem=refused.problem,
    )


def _lead(found: GuestPage, tongue: Tongue) -> str:
    if found.role is GuestRole.COMMITTEE_MEMBER:
        return tongue.word("Read the action fiche, comment on it, and cast your vote.")
    return tongue.word("Read the action fiche and comment on it, part by part.")


def _forms(found: GuestPage, path: str, tongue: Tongue, refused: Refused) -> tuple[SmallForm, ...]:
    _ = tongue.word
    comment = comment_form(f"{path}?do=comment", tongue, refused, _("Your comment"))
    if not found.may_vote:
        return (comment,)
    on = frozenset({found.vote.choice.value} if found.vote else ())
    fields = (
        FormField(
            "choice",
            _("Your vote on this fiche"),
            "radios",
            choices=choices(tongue, VoteChoice, on),
        ),
        FormField(
            "reason",
            _("Reason"),
            "textarea",
            found.vote.reason if found.vote else "",
            hint=_("Needed unless you are for it."),
        ),
    )
    label = _("Change your vote") if found.vote else _("Your vote")
    vote = small_form(
        "vote",
        label,
        f"{path}?do=vote",
        fields,
        _("Cast the vote"),
        refused,
        hint=_("You may change it until it is decided."),
    )
    # Whoever is asked for a vote finds it open; a vote that was cast is changed on purpose.
    return (replace(vote, open=vote.open or found.vote is None), comment)
