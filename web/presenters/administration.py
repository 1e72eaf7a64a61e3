"""Accounts and keys of a facility, for whoever administers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from roster.policy import GRANTED, Permission
from roster.read import AccountRow, GrantRow, KeyRow, OpenSession
from roster.reference import countries
from roster.vocabulary import Role
from web.contexts.accounts import SessionLine
from web.contexts.administration import (
    AccountLine,
    AccountsPage,
    FormOf,
    KeyLine,
    OneAccountPage,
    RoleLine,
    Secret,
)
from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, Choice, FormField, Link, PostButton
from web.deps import LANGUAGE_NAMES
from web.devices import device_words
from web.forms import error_lines, filled
from web.record_words import role_words, scope_words
from web.tongues import Tongue

PATH = "/administration"
GIVEN = (
    Role.PROJECT_OFFICER,
    Role.COORDINATOR,
    Role.FOCAL_POINT,
    Role.LIAISON_OFFICER,
    Role.AUDITOR,
    Role.EXPERT,
    Role.ADMINISTRATOR,
)
"""Roles that an administrator grants, the usual one first."""
Typed = Mapping[str, tuple[str, ...]]


class Sent(NamedTuple):
    """A form that was refused: what was typed, and what to correct by field."""

    typed: Typed
    errors: Mapping[str, str]


class Held(NamedTuple):
    """What an account holds beside its roles."""

    keys: Sequence[KeyRow]
    sessions: Sequence[OpenSession]


_NOTHING = Sent({}, {})


def accounts_page(
    frame: Frame,
    tongue: Tongue,
    accounts: Sequence[AccountRow],
    keys: Sequence[KeyRow],
    now: datetime,
    sent: Sent = _NOTHING,
) -> AccountsPage:
    """Return everybody with an account here."""
    fields = [filled(one, *sent) for one in _account_fields(tongue)]
    open_ones = sum(one.is_active for one in accounts)
    return AccountsPage(
        frame=frame,
        head=Head(
            title=tongue.words(
                "%(num)s person has an account", "%(num)s people have an account", open_ones
            ),
            here=tongue.word("Administration"),
        ),
        accounts=tuple(_account_line(tongue, one) for one in accounts),
        keys=tuple(_key_line(tongue, one, now) for one in keys),
        form=FormOf(
            tongue.word("Open an account"), PATH, tuple(fields), tongue.word("Open the account")
        ),
        also=(
            Link(tongue.word("Words"), f"{PATH}/words"),
            Link(tongue.word("Systems told of changes"), f"{PATH}/webhooks"),
            Link(tongue.word("How the service stands"), f"{PATH}/operations"),
            Link(tongue.word("Rules of the facility"), "/rules"),
            Link(tongue.word("Data protection settings"), "/privacy/settings"),
        ),
        errors=error_lines(fields),
    )


def account_page(
    frame: Frame,
    tongue: Tongue,
    row: AccountRow,
    held: Held,
    now: datetime,
    *,
    own: UUID | None,
    sent: Sent = _NOTHING,
    secret: Secret | None = None,
) -> OneAccountPage:
    """Return one account; `own` is the one that looks at it."""
    here = f"{PATH}/accounts/{row.id}"
    role_fields = tuple(filled(one, *sent) for one in _role_fields(tongue))
    key_fields = tuple(filled(one, *sent) for one in _key_fields(tongue, row))
    return OneAccountPage(
        frame=frame,
        head=Head(
            title=row.name,
            crumbs=(Link(tongue.word("Administration"), PATH),),
            chips=tuple(filter(None, (_standing(tongue, row),))),
        ),
        email=row.email,
        roles=tuple(_role_line(tongue, one, here) for one in row.grants),
        link=_link_button(tongue, row, here),
        standing=None if row.id == own else _standing_button(tongue, row, here),
        identity=_identity_button(tongue, row, here),
        sessions=_session_lines(tongue, held.sessions, here),
        keys=tuple(_key_line(tongue, one, now) for one in held.keys),
        role_form=_role_form(tongue, here, role_fields),
        key_form=FormOf(
            tongue.word("Make a key"), f"{here}/keys", key_fields, tongue.word("Make the key")
        ),
        errors=error_lines((*role_fields, *key_fields)),
        secret=secret,
    )


def link_secret(tongue: Tongue, url: str, *, mailed: bool) -> Secret:
    """Return a link just made, to be handed over, or told to be on its way."""
    words = tongue.word("It works once. Hand it over by a way that you trust; it is shown once.")
    if mailed:
        words = tongue.word("It is mailed to the address of the account. It works once.")
    return Secret(tongue.word("A link to set the password"), words, "" if mailed else url)


def key_secret(tongue: Tongue, key: str) -> Secret:
    """Return a key just made."""
    words = tongue.word("Copy it now: it is shown this once and kept nowhere.")
    return Secret(tongue.word("The new key"), words, key)


def session_line(tongue: Tongue, one: OpenSession, action: str) -> SessionLine:
    """Return one place where an account is signed in, with the button that ends it."""
    return SessionLine(
        words=device_words(tongue, one.device),
        since=tongue.word("since %(date)s", date=tongue.day(one.since.date())),
        current=one.is_current,
        end=None if one.is_current else PostButton(tongue.word("Sign out there"), action),
    )


# --- Lines ----------------------------------------------------------------------------------------


def _account_line(tongue: Tongue, row: AccountRow) -> AccountLine:
    seen = row.last_sign_in
    return AccountLine(
        href=f"{PATH}/accounts/{row.id}",
        name=row.name,
        email=row.email,
        origin=row.origin.value,
        roles=tuple(_role(tongue, one) for one in row.grants),
        chip=_standing(tongue, row),
        seen=tongue.day(seen.date()) if seen else "",
    )


def _standing(tongue: Tongue, row: AccountRow) -> Chip | None:
    if not row.is_active:
        return Chip("fail", tongue.word("closed"))
    if not row.has_password and not row.has_identity:
        return Chip("clock", tongue.word("no password yet"))
    return None if row.grants else Chip("look", tongue.word("no role here"))


def _role(tongue: Tongue, grant: GrantRow) -> str:
    words = role_words(tongue, grant.role, grant.country)
    return f"{words} ({', '.join(grant.administrations)})" if grant.administrations else words


def _role_line(tongue: Tongue, grant: GrantRow, here: str) -> RoleLine:
    end = PostButton(tongue.word("Take away"), f"{here}/roles/{grant.id}/end")
    return RoleLine(_role(tongue, grant), end)


def _link_button(tongue: Tongue, row: AccountRow, here: str) -> PostButton | None:
    if not row.is_active:
        return None
    label = tongue.word("Make a link to set a new password")
    if not row.has_password:
        label = tongue.word("Make the invitation link")
    return PostButton(label, f"{here}/link")


def _role_form(tongue: Tongue, here: str, fields: tuple[FormField, ...]) -> FormOf:
    title, submit = tongue.word("Give another role"), tongue.word("Give the role")
    return FormOf(title, f"{here}/roles", fields, submit)


def _identity_button(tongue: Tongue, row: AccountRow, here: str) -> PostButton | None:
    if not row.has_identity:
        return None
    return PostButton(tongue.word("Forget the identity elsewhere"), f"{here}/identity/forget")


def _session_lines(
    tongue: Tongue, sessions: Sequence[OpenSession], here: str
) -> tuple[SessionLine, ...]:
    return tuple(session_line(tongue, one, f"{here}/sessions/{one.id}/end") for one in sessions)


def _standing_button(tongue: Tongue, row: AccountRow, here: str) -> PostButton:
    if row.is_active:
        return PostButton(tongue.word("Close the account"), f"{here}/close")
    return PostButton(tongue.word("Open it again"), f"{here}/reopen")


def _key_line(tongue: Tongue, row: KeyRow, now: datetime) -> KeyLine:
    is_over = row.revoked_at is not None or row.expires_at <= now
    chip = Chip("pass", tongue.word("works"))
    if is_over:
        revoked = row.revoked_at is not None
        chip = Chip("fail", tongue.word("revoked") if revoked else tongue.word("has run out"))
    buttons = (
        PostButton(tongue.word("Replace"), f"{PATH}/keys/{row.id}/rotate"),
        PostButton(tongue.word("Revoke"), f"{PATH}/keys/{row.id}/revoke"),
    )
    return KeyLine(
        label=row.label,
        prefix=f"{row.prefix}…",
        account=row.account,
        scopes=", ".join(scope_words(tongue, one) for one in row.scopes),
        chip=chip,
        until=tongue.day(row.expires_at.date()),
        used=tongue.day(row.last_used_at.date()) if row.last_used_at else "",
        buttons=() if is_over else buttons,
    )


# --- Fields ---------------------------------------------------------------------------------------


def _account_fields(tongue: Tongue) -> tuple[FormField, ...]:
    languages = tuple(Choice(code, name, code == "en") for code, name in LANGUAGE_NAMES.items())
    return (
        FormField("name", tongue.word("Name"), required=True, autocomplete="off"),
        FormField("email", tongue.word("Work e-mail"), "email", required=True, autocomplete="off"),
        *_role_fields(tongue),
        FormField("locale", tongue.word("Language of mails"), "select", choices=languages),
    )


def _role_fields(tongue: Tongue) -> tuple[FormField, ...]:
    roles = tuple(Choice(one.value, role_words(tongue, one)) for one in GIVEN)
    known = sorted((tongue.country(code), code) for code in countries.codes())
    return (
        FormField("role", tongue.word("Role"), "select", choices=roles, required=True),
        FormField(
            "country",
            tongue.word("Country"),
            "select",
            hint=tongue.word("Of a focal point or a liaison officer; others see all countries."),
            choices=(Choice("", "–"), *(Choice(code, name) for name, code in known)),
        ),
        FormField(
            "expert_id",
            tongue.word("Number of the record"),
            hint=tongue.word(
                "Of an expert only: the last part of the address of her record, told by whoever "
                "looks after it."
            ),
            autocomplete="off",
        ),
    )


def _key_fields(tongue: Tongue, row: AccountRow) -> tuple[FormField, ...]:
    allowed = {one for grant in row.grants for one in GRANTED[grant.role]} - {Permission.SIGNED_IN}
    scopes = tuple(
        Choice(one.value, scope_words(tongue, one)) for one in Permission if one in allowed
    )
    return (
        FormField(
            "label", tongue.word("Which system it is for"), required=True, autocomplete="off"
        ),
        FormField(
            "scopes",
            tongue.word("What it may do"),
            "checks",
            hint=tongue.word("Never more than the account itself."),
            choices=scopes,
        ),
        FormField("days", tongue.word("Days that it is valid"), "number", "365"),
    )
