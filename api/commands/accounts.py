"""Commands about facilities, accounts and keys."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlmodel import Session, select

from api.commands.console import (
    FacilityOption,
    country_code,
    facility_for,
    is_interactive,
    opened,
    say,
    tell,
)
from roster import administration
from roster.errors import Conflict, InvalidInput, NotFound
from roster.installation import Installation
from roster.policy import GRANTED, Permission, system_actor
from roster.tables import Account, Facility
from roster.vocabulary import Role

facility_app = typer.Typer(help="Facilities that this installation serves.", no_args_is_help=True)
account_app = typer.Typer(help="Accounts and what they may do.", no_args_is_help=True)
key_app = typer.Typer(help="Keys with which other systems call the API.", no_args_is_help=True)

_LEAST_PASSWORD = 12


@facility_app.command("add")
def add_facility(
    code: Annotated[str, typer.Argument(help="Short name, as mieux.")],
    name: Annotated[str, typer.Argument(help="Its full name.")],
) -> None:
    """Add a facility; accounts, people and requests belong to one."""
    with opened() as installation, installation.work() as session:
        if session.exec(select(Facility).where(Facility.code == code)).first() is not None:
            raise Conflict(f"There is a facility with the code {code} already.")
        session.add(Facility(code=code, name=name))
    say(f"Facility {code} was added.")


@account_app.command("add")
def add_account(
    email: Annotated[str, typer.Argument(help="The address to sign in with.")],
    name: Annotated[str, typer.Option("--name", help="How the person is called.")],
    role: Annotated[Role, typer.Option("--role", help="What the account may do.")],
    country: Annotated[
        str | None, typer.Option("--country", help="Of a focal point: two letters.")
    ] = None,
    locale: Annotated[str, typer.Option("--locale", help="en, fr, es or pt.")] = "en",
    facility: FacilityOption = None,
) -> None:
    """Open an account with a role; its password is asked for, or read from standard input."""
    code = _country_of(role, country)
    if "@" not in email:
        raise typer.BadParameter(f"'{email}' is not an address.", param_hint="EMAIL")
    password = _password()
    with opened() as installation, installation.work() as session:
        home = facility_for(session, facility)
        if _find(session, email) is not None:
            raise Conflict("There is an account with this address already. Use 'account grant'.")
        account = administration.open_account(
            session, home, email=email, name=name, password=password, locale=locale, country=code
        )
        administration.grant_role(session, account, role, facility_id=home.id, country=code)
    say(f"The account was opened as {role.value.replace('_', ' ')}.")


@account_app.command("grant")
def grant_role(
    email: Annotated[str, typer.Argument(help="The address of the account.")],
    role: Annotated[Role, typer.Argument(help="What it may do from now on, besides.")],
    country: Annotated[
        str | None, typer.Option("--country", help="Of a focal point: two letters.")
    ] = None,
    facility: FacilityOption = None,
) -> None:
    """Grant a further role to an account."""
    code = _country_of(role, country)
    with opened() as installation, installation.work() as session:
        home = facility_for(session, facility)
        account = _account(session, email)
        administration.grant_role(session, account, role, facility_id=home.id, country=code)
    say(f"The role {role.value.replace('_', ' ')} was granted.")


@key_app.command("issue")
def issue_key(
    email: Annotated[str, typer.Argument(help="The account that the key stands for.")],
    label: Annotated[str, typer.Option("--label", help="Which system it is for.")],
    scope: Annotated[
        list[Permission] | None,
        typer.Option(
            "--scope", help="What it may do; again for more. Default: all of the account."
        ),
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=3650, help="How long it is valid.")] = 365,
    facility: FacilityOption = None,
) -> None:
    """Make a key and print it; it is shown this once and kept nowhere."""
    with opened() as installation:
        secret = _issue(installation, email, label, scope, days, facility)
    tell("Keep it now: it is shown this once. Send it as 'Authorization: Bearer KEY'.")
    say(secret)


def _issue(
    installation: Installation,
    email: str,
    label: str,
    scope: list[Permission] | None,
    days: int,
    facility: str | None,
) -> str:
    with installation.work() as session:
        home = facility_for(session, facility)
        account = _account(session, email)
        allowed = frozenset[Permission]().union(*GRANTED.values())
        _, secret = administration.issue_key(
            session,
            system_actor(home.id),
            account.id,
            label=label,
            scopes=frozenset(scope) if scope else allowed,
            now=installation.clock.now(),
            days=days,
        )
    return secret


def _country_of(role: Role, country: str | None) -> str | None:
    if role is Role.EXPERT:
        raise typer.BadParameter("An expert gets her account by invitation from her record.")
    if role is Role.FOCAL_POINT and country is None:
        raise typer.BadParameter("Say whose focal point it is: --country PT.")
    return country_code(country) if country else None


def _find(session: Session, email: str) -> Account | None:
    return session.exec(select(Account).where(Account.email == email.strip().lower())).first()


def _account(session: Session, email: str) -> Account:
    found = _find(session, email)
    if found is None:
        raise NotFound("There is no account with this address. Use 'roster account add'.")
    return found


def _password() -> str:
    if is_interactive():
        given = str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    else:
        given = typer.get_text_stream("stdin").readline().rstrip("\n")
    if len(given) < _LEAST_PASSWORD:
        raise InvalidInput(f"Choose a password of at least {_LEAST_PASSWORD} characters.")
    return given
