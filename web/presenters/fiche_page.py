"""The page of a fiche: a version, who reads it by a link, what was said, what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from roster.errors import FieldError
from roster.queries.fiches import FICHE_ROLES, changes_between
from roster.read import RequestDetail
from roster.read.fiches import CommentView, ConsultationView, FicheView, GuestView
from roster.vocabulary import FichePart, FicheStatus, RequestStatus
from web.contexts.fiches import FichePage, GuestLine, SmallForm
from web.contexts.layout import Frame
from web.contexts.parts import Chip, Choice, DraftBox, Empty, FormField, Link, PostButton
from web.deps import LANGUAGE_NAMES
from web.forms import error_lines, errors_by_field, filled
from web.presenters.fiches import (
    changes_shown,
    comment_said,
    parts_of,
    status_chip,
    talk_said,
    version_words,
)
from web.presenters.request_form import Typed
from web.presenters.request_head import head_of, path_of
from web.tongues import Tongue
from web.wording import say

_DRAFTING = (RequestStatus.SCREENED, RequestStatus.FICHE_DRAFTED, RequestStatus.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside the versions of a fiche."""

    comments: Sequence[CommentView]
    talks: Sequence[ConsultationView]
    guests: Sequence[GuestView]
    shown: Mapping[UUID, str]
    """Guest → the link that somebody asked to see."""
    now: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that was sent and could not be kept."""

    form: str = ""
    """"guest", "talk" or "comment"."""
    typed: Typed | None = None
    errors: Sequence[FieldError] = ()
    problem: str = ""
    begun: Mapping[str, tuple[Typed, DraftBox]] = field(default_factory=dict)
    """Form → what is typed into it and not stored, and what keeps it."""


def fiche_page(
    frame: Frame,
    found: RequestDetail,
    versions: Sequence[FicheView],
    number: int | None,
    around: Around,
    tongue: Tongue,
    *,
    may_write: bool,
    refused: Refused,
) -> FichePage:
    """Return one version with what surrounds it; `number` None is the newest."""
    _ = tongue.word
    can_draft = may_write and found.row.status in _DRAFTING
    without = FichePage(
        frame=frame,
        head=head_of(found, "fiche", around.now.date(), tongue),
        finding=_("No fiche yet"),
        chip=None,
        about="",
        talks=tuple(talk_said(one, tongue) for one in around.talks),
        guests=tuple(_guest(one, around, tongue, may_write=may_write) for one in around.guests),
        forms=_forms(found, versions, tongue, refused) if may_write else (),
        problem=refused.problem,
    )
    shown, before = _shown_and_before(versions, number)
    if shown is None:
        without = replace(without, empty=Empty(without.finding, _no_fiche(found, tongue)))
        begin = PostButton(_("Begin the fiche"), path_of(found, "fiches"))
        return replace(without, buttons=(begin,)) if can_draft else without
    is_draft = shown.status is FicheStatus.DRAFT and can_draft
    export = f"{path_of(found, 'fiche', 'export')}?version={shown.version}"
    return replace(
        _read(without, shown, before, tongue),
        versions=_version_links(found, versions, tongue) if len(versions) > 1 else (),
        buttons=_buttons(found, shown, versions, tongue) if can_draft else (),
        edit=Link(_("Write on"), f"/fiches/{shown.id}/edit") if is_draft else None,
        exports=(Link(_("Word document (DOCX)"), export),),
        said=tuple(comment_said(one, tongue) for one in around.comments),
    )


def _read(page: FichePage, shown: FicheView, before: FicheView | None, tongue: Tongue) -> FichePage:
    """Return the page with what a version says and what it changes against the one before."""
    return replace(
        page,
        finding=shown.title,
        chip=status_chip(shown.status, tongue),
        about=_about(shown, tongue),
        parts=parts_of(shown, tongue),
        current=version_words(shown, tongue),
        against=_against(before, tongue) if before else "",
        changes=changes_shown(changes_between(before, shown), tongue) if before else (),
    )


def _shown_and_before(
    versions: Sequence[FicheView], number: int | None
) -> tuple[FicheView | None, FicheView | None]:
    """Return the version asked for, else the newest, and the one before it; newest come first."""
    newest = next(iter(versions), None)
    shown = next((one for one in versions if one.version == number), newest)
    if shown is None:
        return None, None
    return shown, next((one for one in versions if one.version < shown.version), None)


def _version_links(
    found: RequestDetail, versions: Sequence[FicheView], tongue: Tongue
) -> tuple[Link, ...]:
    return tuple(
        Link(version_words(one, tongue), f"{path_of(found, 'fiche')}?version={one.version}")
        for one in versions
    )


def _against(before: FicheView, tongue: Tongue) -> str:
    return tongue.word(
        "What this version changes against version %(number)s", number=before.version
    )


def _about(fiche: FicheView, tongue: Tongue) -> str:
    day = tongue.day(fiche.created_at.date())
    version = version_words(fiche, tongue)
    who = fiche.by or tongue.word("the system")
    return tongue.word(
        "%(version)s, begun by %(who)s on %(day)s", version=version, who=who, day=day
    )


def _no_fiche(found: RequestDetail, tongue: Tongue) -> str:
    if found.row.status is RequestStatus.RECEIVED:
        return tongue.word("The fiche is drafted once the request is screened.")
    return tongue.word(
        "It starts from the fields of the request and is written with the authority."
    )


def _buttons(
    found: RequestDetail, shown: FicheView, versions: Sequence[FicheView], tongue: Tongue
) -> tuple[PostButton, ...]:
    _ = tongue.word
    submit = PostButton(_("Submit"), f"/fiches/{shown.id}/submit")
    if shown.status is FicheStatus.DRAFT:
        return (PostButton(_("Share for comments"), f"/fiches/{shown.id}/share"), submit)
    draft = any(one.status is FicheStatus.DRAFT for one in versions)
    new = () if draft else (PostButton(_("New version"), path_of(found, "fiches")),)
    return (submit, *new) if shown.status is FicheStatus.SHARED else new


def _guest(one: GuestView, around: Around, tongue: Tongue, *, may_write: bool) -> GuestLine:
    _ = tongue.word
    works = one.revoked_at is None and one.expires_at > around.now
    if one.revoked_at is not None:
        state = Chip("fail", _("link closed"))
    elif not works:
        state = Chip("fail", _("link has run out"))
    elif one.last_seen_at is not None:
        state = Chip("pass", _("read on %(day)s", day=tongue.day(one.last_seen_at.date())))
    else:
        state = Chip("unknown", _("not opened yet"))
    acts = works and may_write
    return GuestLine(
        label=one.label,
        role=say(tongue, one.role),
        state=state,
        address=one.address or "",
        link=around.shown.get(one.id, ""),
        show=PostButton(_("Show the link"), f"/guests/{one.id}/link") if acts else None,
        mail=PostButton(_("Mail it"), f"/guests/{one.id}/mail") if acts and one.address else None,
        revoke=PostButton(_("Close the link"), f"/guests/{one.id}/revoke") if acts else None,
    )


def _forms(
    found: RequestDetail, versions: Sequence[FicheView], tongue: Tongue, refused: Refused
) -> tuple[SmallForm, ...]:
    _ = tongue.word
    guest = small_form(
        "guest",
        _("Let somebody read it"),
        path_of(found, "guests"),
        (
            FormField("role", _("As"), "select",
                      choices=tuple(Choice(one.value, say(tongue, one)) for one in FICHE_ROLES)),
            FormField("label", _("Institution or function"), required=True),
            FormField("address", _("E-mail"), "email",
                      hint=_("Left empty, you hand the link over yourself.")),
            FormField("locale", _("Language"), "select",
                      choices=tuple(Choice(code, name) for code, name in LANGUAGE_NAMES.items())),
        ),
        _("Make a personal link"),
        refused,
        hint=_("The link opens this fiche and nothing else: no people, no other request."),
    )  # fmt: skip
    talk = small_form(
        "talk",
        _("Write down a talk"),
        path_of(found, "consultations"),
        (
            FormField("held_on", _("Day"), "date", required=True),
            FormField("with_whom", _("With whom"), required=True,
                      hint=_("Institutions; persons by their function only.")),
            FormField("channel", _("How"), hint=_("Meeting, call, letter …")),
            FormField("note", _("What was agreed"), "textarea", rows=3),
        ),
        _("Keep"),
        refused,
    )  # fmt: skip
    if not versions:
        return (guest, talk)
    return (guest, talk, comment_form(f"/fiches/{versions[0].id}/comments", tongue, refused))


def comment_form(action: str, tongue: Tongue, refused: Refused, send: str = "") -> SmallForm:
    """Return the form of a remark, on a part or on all of it."""
    _ = tongue.word
    parts = (
        Choice("", _("all of it")),
        *(Choice(one.value, say(tongue, one)) for one in FichePart),
    )
    fields = (
        FormField("part", _("About"), "select", choices=parts),
        FormField("text", _("Comment"), "textarea", required=True),
    )
    label = send or _("Comment on it")
    return small_form("comment", label, action, fields, _("Send the comment"), refused)


def small_form(
    code: str,
    title: str,
    action: str,
    fields: Sequence[FormField],
    send: str,
    refused: Refused,
    *,
    hint: str = "",
) -> SmallForm:
    """Return a small form; what was refused stands in it again with its errors."""
    is_this = refused.form == code
    typed, draft = refused.begun.get(code, ({}, None))
    if is_this and refused.typed:
        typed = refused.typed
    errors = errors_by_field(refused.errors) if is_this else {}
    shown = tuple(replace(filled(one, typed, errors), prefix=f"{code}-") for one in fields)
    is_open = is_this or bool(draft and draft.title)
    return SmallForm(title, action, shown, send, hint, error_lines(shown), is_open, draft)
