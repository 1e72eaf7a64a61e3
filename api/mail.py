"""Sends mail by SMTP: the port `roster.ports.Mailer` over the standard library."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from roster.errors import InvalidInput, MailFailed
from roster.settings import Settings

TIMEOUT_S = 20


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """One mail server; a connection for each mail, for there are few."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    is_wrapped: bool = False
    """TLS from the first byte (smtps); else STARTTLS where the server offers it."""

    def send(self, address: str, subject: str, body: str) -> None:
        """Hand a plain text over to the mail server.

        A password is never sent over a connection without TLS.

        Raises
        ------
        MailFailed
        """
        message = EmailMessage()
        try:
            message["From"], message["To"], message["Subject"] = self.sender, address, subject
            message.set_content(body)
            with self._server() as server:
                self._sign_in(server)
                server.send_message(message)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise MailFailed(
                f"The mail server did not take the notice ({type(error).__name__}). It is tried "
                "again; meanwhile it can be handed over."
            ) from error

    def _server(self) -> smtplib.SMTP:
        if self.is_wrapped:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_S, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_S)

    def _sign_in(self, server: smtplib.SMTP) -> None:
        server.ehlo()
        if not self.is_wrapped and (server.has_extn("starttls") or self.user):
            server.starttls(context=ssl.create_default_context())
        if self.user:
            server.login(self.user, self.password)


def mailer_of(settings: Settings) -> SmtpMailer | None:
    """Return what sends mail; None where no mail server is set.

    Raises
    ------
    InvalidInput
        The URL of the server cannot be used, or no sender is set.
    """
    given = settings.smtp_url.get_secret_value()
    if not given:
        return None
    parts = urlsplit(given)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise InvalidInput("ROSTER_SMTP_URL has to look like smtp://user:password@host:587.")
    if not settings.mail_from:
        raise InvalidInput("Set ROSTER_MAIL_FROM: the address that notices are sent from.")
    is_wrapped = parts.scheme == "smtps"
    return SmtpMailer(
        host=parts.hostname,
        port=parts.port or (465 if is_wrapped else 587),
        sender=settings.mail_from,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_wrapped=is_wrapped,
    )
