"""Mail goes out by SMTP, and what fails is said without the address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from api.mail import SmtpMailer, mailer_of
from roster.errors import InvalidInput, MailFailed
from roster.settings import Settings
from tests.api.mailbox import running_mailbox


@pytest.fixture
def server() -> Iterator[tuple[int, list[str]]]:
    with running_mailbox() as box:
        yield box.port, box.heard


def test_a_notice_is_handed_to_the_server(server: tuple[int, list[str]]) -> None:
    port, heard = server
    mailer = SmtpMailer("127.0.0.1", port, "roster@invented.example")
    mailer.send("ana@invented.example", "Votre CV – été", "Bonjour Ana,\n.\nÀ bientôt")
    assert any("TO:<ana@invented.example>" in line for line in heard)
    (subject,) = [line for line in heard if line.startswith("Subject: ")]
    assert "Votre CV =?utf-8?" in subject
    assert "." in heard


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("refused@invented.example", id="refused by the server"),
        pytest.param("a@b.example\nBcc: c@d.example", id="an address of two lines"),
    ],
)
def test_a_mail_that_is_not_taken_says_so_without_the_address(
    server: tuple[int, list[str]], address: str
) -> None:
    mailer = SmtpMailer("127.0.0.1", server[0], "roster@invented.example")
    with pytest.raises(MailFailed) as failed:
        mailer.send(address, "Subject", "Body")
    assert "@" not in failed.value.detail
    assert not any("Bcc" in line for line in server[1])


def test_a_server_that_is_away_is_said_in_words() -> None:
    with pytest.raises(MailFailed, match="handed over"):
        SmtpMailer("127.0.0.1", 1, "roster@invented.example").send("a@b.example", "s", "b")


def test_a_password_is_not_sent_without_tls(server: tuple[int, list[str]]) -> None:
    mailer = SmtpMailer("127.0.0.1", server[0], "r@invented.example", "user", "secret-word")
    with pytest.raises(MailFailed):
        mailer.send("a@b.example", "s", "b")
    assert not any("AUTH" in line for line in server[1])


@pytest.mark.parametrize(
    ("url", "sender", "words"),
    [
        pytest.param("http://x", "a@b.example", "smtp://", id="another scheme"),
        pytest.param("smtp://mail.example", "", "ROSTER_MAIL_FROM", id="no sender"),
    ],
)
def test_settings_that_cannot_send_are_refused(url: str, sender: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        mailer_of(Settings(smtp_url=SecretStr(url), mail_from=sender))


def test_no_server_set_is_no_mailer() -> None:
    assert mailer_of(Settings()) is None
    found = mailer_of(
        Settings(smtp_url=SecretStr("smtps://u%40x:p%2F@mail.example"), mail_from="a@b.example")
    )
    assert found == SmtpMailer("mail.example", 465, "a@b.example", "u@x", "p/", is_wrapped=True)
