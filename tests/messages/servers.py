"""Real mail servers to send to, each with a mood of its own."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

USER, PASSWORD = "mentoring", "una frase"


class Mailbox:
    """Takes all mail, but answers for some recipients, letters and senders as it is told.

    Besides an answer a mood may be `break` (the connection is cut), `silent` (no answer ever comes) or
    `take and break`.
    """

    def __init__(
        self, *, recipients: dict[str, str] | None = None, letters: list[str] | None = None, senders: str = "250 OK"
    ) -> None:
        self.taken: list[tuple[str, str, bytes]] = []
        self.connections: set[object] = set()
        self._recipients, self._letters, self._senders = recipients or {}, letters or [], senders

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: ARG002, N802 - as the library calls it
        self.connections.add(session.peer)
        envelope.mail_from = address
        return self._senders

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: ARG002, N802 - as the library calls it
        mood = self._recipients.get(address, "250 OK")
        if mood.startswith("250"):
            envelope.rcpt_tos.append(address)
        return await self._acted(server, mood)

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802 - as the library calls it
        mood = self._letters.pop(0) if self._letters else "250 OK"
        if mood.startswith(("250", "take")):
            self.taken.append((envelope.mail_from, envelope.rcpt_tos[0], envelope.content))
        return await self._acted(server, mood)

    async def _acted(self, server: SMTP, mood: str) -> str:
        if mood == "silent":
            await asyncio.Event().wait()
        if mood.endswith("break"):
            server.transport.abort()  # type: ignore[union-attr]
        return mood


class Door(Controller):
    """A server at a port that the system gives."""

    def __init__(self, box: Mailbox, **how: Any) -> None:
        super().__init__(box, hostname="127.0.0.1", port=0, **how)

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
        super()._trigger_server()


@contextmanager
def served(box: Mailbox, **how: Any) -> Iterator[int]:
    """The server with this mailbox at a port of this machine."""
    door = Door(box, **how)
    door.start()
    try:
        yield door.port
    finally:
        door.stop()


def knows(_server: SMTP, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    """Lets one user in."""
    return AuthResult(success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()), handled=False)


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A certificate for 127.0.0.1 that nobody has vouched for, as the server holds it, and the file to trust it by."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "server.crt", folder / "server.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public
