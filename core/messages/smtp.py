"""Handing letters to the mail server: one connection for many, and for each of them what became of it, as a value.

What the server says or does never raises here. A connection that breaks before the letter itself was begun leaves it
unsent; one that breaks later leaves open whether the server has taken it, and nobody may guess.
"""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.messages.mail import UNSEEN, route, written
from core.store.config import PORTS

if TYPE_CHECKING:
    from datetime import datetime

    from core.messages.outgoing import Letter
    from core.store.config import Config

SECONDS = 30.0
"""How long the server may take for each answer."""
LONGEST_SAID = 500
DONE, TAKEN, PUT_OFF, CLOSING = 200, 251, 400, 421
FOR_GOOD = 500
TROUBLES = (smtplib.SMTPException, OSError)
LETTERS = "messages.trouble.letters"
"""The key of what is told of an address whose letters the server does not know."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The server has taken the letter."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The server will never take it; `code` is 0 where the programme itself knows."""

    code: int
    text: str


@dataclass(frozen=True, slots=True)
class Later:
    """It was not taken, and may be another time; `whole`: so it would be with every letter now."""

    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """The connection broke when the letter was under way: the server may have taken it."""

    text: str


Outcome = Delivered | Rejected | Later | Unknown


class Post:
    """The way to the mail server: a connection is made at the first letter and kept until `close`."""

    def __init__(self, settings: Config, *, seconds: float = SECONDS) -> None:
        self._settings = settings
        self._seconds = seconds
        self._server: smtplib.SMTP | None = None

    def hand_over(self, letter: Letter, *, at: datetime) -> Outcome:
        """Give the letter to the server; raises `NotAnAddress`, before anything was said, for an unusable address."""
        content = written(letter, self._settings, at=at)
        try:
            server = self._server or self._connected()
        except TROUBLES as error:
            self.close()
            return Later(told(error), whole=True)
        mailbox, domain = route(letter.mail)
        international = not mailbox.isascii()
        if international and not server.has_extn("smtputf8"):
            return Rejected(0, LETTERS)
        return self._handed(server, f"{mailbox}@{domain}", content, ["SMTPUTF8"] if international else [])

    def close(self) -> None:
        """Take leave of the server, if there is one."""
        server, self._server = self._server, None
        if server is not None:
            with suppress(*TROUBLES):
                server.quit()
            server.close()

    def _connected(self) -> smtplib.SMTP:
        settings, context = self._settings, ssl.create_default_context()
        port = settings.smtp_port or PORTS[settings.smtp_security]
        if settings.smtp_security == "tls":
            server = smtplib.SMTP_SSL(settings.smtp_host, port, timeout=self._seconds, context=context)
        else:
            server = smtplib.SMTP(settings.smtp_host, port, timeout=self._seconds)
        self._server = server
        if settings.smtp_security == "starttls":
            server.starttls(context=context)
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        server.ehlo_or_helo_if_needed()
        return server

    def _handed(self, server: smtplib.SMTP, to: str, content: bytes, options: list[str]) -> Outcome:
        """Sender, recipient, letter: after a refusal the connection serves for the next one."""
        begun = False
        try:
            code, said = server.mail(self._settings.mail_from, options)
            if code // 100 * 100 != DONE:  # the sender is refused, whoever the letter is for
                return self._refused(code, said, whole=True)
            code, said = server.rcpt(to)
            if not DONE <= code <= TAKEN:
                return self._refused(code, said)
            begun = True
            code, said = server.data(content)
        except smtplib.SMTPDataError as error:
            return self._refused(error.smtp_code, error.smtp_error)
        except TROUBLES as error:
            self.close()
            return Unknown(told(error)) if begun else Later(told(error), whole=True)
        if code // 100 * 100 == DONE:
            return Delivered()
        return self._refused(code, said) if code >= PUT_OFF else Unknown(_line(code, said))

    def _refused(self, code: int, said: bytes | str, *, whole: bool = False) -> Outcome:
        if code == CLOSING or code < PUT_OFF:
            self.close()
        elif self._server is not None:
            try:
                self._server.rset()
            except TROUBLES:
                self.close()
        text = _line(code, said)
        if code < FOR_GOOD or whole:
            return Later(text, whole=whole or code == CLOSING)
        return Rejected(code, text)


def told(error: Exception) -> str:
    """What went wrong, in the server's own words where it spoke."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _line(error.smtp_code, error.smtp_error)
    return _cleaned(f"{type(error).__name__}: {error}")


def _line(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return _cleaned(f"{code} {text}")


def _cleaned(text: str) -> str:
    return " ".join(UNSEEN.sub(" ", text).split())[:LONGEST_SAID]
