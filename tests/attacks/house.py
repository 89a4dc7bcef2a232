"""A house to break into: a running server with people inside, and tools that no browser would let one use."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING

from sqlmodel import Session
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from core import schema
from core.accounts import door
from core.accounts.actions import add_account
from core.accounts.rules import SYSTEM, Role
from core.edition import actions as editions
from core.people.rules import Side
from core.store import audit, clock, database
from core.store.config import Config
from core.store.database import make_engine
from tests.make import PASSWORD, a_participant, an_applicant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPResponse
    from pathlib import Path

    from websockets.sync.client import ClientConnection

    from tests.bench.served import Served

SECRET_NAME = "Zeta"
"""A name that everybody inside has, and nobody outside may see."""
LINUX = sys.platform == "linux"
SECONDS = 20


@dataclass(frozen=True, slots=True)
class House:
    """Where the server listens, and where its store lies."""

    server: Served
    folder: Path

    @property
    def host(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.server.port}"

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b"") -> HTTPResponse:
        """One request as it stands; the answer's body is in its `text`."""
        return self.ask_raw(method, path, list((headers or {}).items()), body)

    def ask_raw(
        self, method: str, path: str, headers: list[tuple[str, str | bytes]], body: bytes = b""
    ) -> HTTPResponse:
        """One request with headers that may come twice, or hold any bytes."""
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=SECONDS)
        named = {name.lower() for name, _ in headers}
        connection.putrequest(method, path, skip_host="host" in named, skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        if body or method in ("POST", "PUT"):
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        answer = connection.getresponse()
        answer.text = answer.read()
        connection.close()
        return answer

    def post(self, path: str, cookie: str = "", body: str = "", **headers: str) -> HTTPResponse:
        """A form as our own pages send it."""
        own = {"Origin": f"http://{self.host}", "Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        return self.ask("POST", path, {**own, **headers}, body.encode())

    @contextmanager
    def socket(
        self, cookie: str = "", *, take_over: str = "", origin: str | None = None, seat: int = 0, **headers: str
    ) -> Iterator[ClientConnection]:
        """An open socket; `take_over` is the id of a session that it claims to be.

        Each `seat` is another address where the system has them: so much from a single one would be a flood.
        """
        protocols = [Subprotocol("streamlit"), Subprotocol("none")] + ([Subprotocol(take_over)] if take_over else [])
        with connect(
            f"ws://{self.host}/_stcore/stream",
            origin=Origin(origin or f"http://{self.host}"),
            subprotocols=protocols,
            additional_headers={**({"Cookie": cookie} if cookie else {}), **headers},
            compression=None,
            max_size=None,
            proxy=None,
            source_address=(f"127.0.1.{seat + 1}", 0) if LINUX else None,
        ) as opened:
            yield opened

    @contextmanager
    def inside(self) -> Iterator[Session]:
        """A transaction on the server's own store, as somebody at the next desk would make it at this moment."""
        engine = make_engine(Config(data=self.folder).store)
        with Session(engine.execution_options(write=True), expire_on_commit=False) as session:
            audit.listen(session)
            yield session
            audit.seal(session)
            session.commit()
        engine.dispose()

    def cookie(self, mail: str) -> str:
        """The Cookie header of a browser that has just signed in."""
        with self.inside() as session:
            ticket = door.mint_ticket(session, mail=mail, browser="b", at=clock.now())
            session.flush()
            return f"mentoring={door.enter(session, ticket=ticket, browser='b', at=clock.now())}"

    def account(self, *roles: Role, name: str = "Bruno Verdi") -> tuple[int, str]:
        """A new member of staff: the account's number and address."""
        with self.inside() as session:
            mail = f"{door.secrets.token_hex(6)}@unimi.example"
            number = add_account(
                session,
                name=name,
                mail=mail,
                password=PASSWORD,
                roles=frozenset(roles),
                rounds=4,
                by=SYSTEM,
                at=clock.now(),
            )
        return number, mail


def furnish(folder: Path) -> None:
    """A store with an edition and people on both sides, all with the secret name."""
    database.use(schema.open_store(Config(data=folder)))
    with database.writing() as session:
        edition = editions.create(session, name="2026/27", year=2026, by=SYSTEM, at=clock.now())
    for side in Side:
        an_applicant(edition, side, name=f"{SECRET_NAME} {SECRET_NAME}", motivation=SECRET_NAME)
        a_participant(edition, side, name=f"{SECRET_NAME} {SECRET_NAME}")
    database.use(None)


def asking(page: str = "", *, page_hash: str = "", fragment: str = "", query: str = "") -> bytes:
    """What a browser says to have a page run."""
    ask = BackMsg()
    ask.rerun_script.page_name = page
    ask.rerun_script.page_script_hash = page_hash
    ask.rerun_script.fragment_id = fragment
    ask.rerun_script.query_string = query
    ask.rerun_script.context_info.locale = "it-IT"
    return ask.SerializeToString()


def run(socket: ClientConnection, page: str = "", **asked: str) -> list[ForwardMsg]:
    """Ask for a page once; all that came until the run had finished."""
    socket.send(asking(page, **asked))
    came: list[ForwardMsg] = []
    while not came or came[-1].WhichOneof("type") != "script_finished":
        came.append(ForwardMsg.FromString(socket.recv(timeout=SECONDS, decode=False)))
    return came


def file_of(socket: ClientConnection, page: str) -> str:
    """The address of the file that a page's download button makes, as its browser is told it."""
    came = run(socket, page)
    buttons = [one.delta.new_element.download_button for one in came if one.WhichOneof("type") == "delta"]
    ask = BackMsg()
    ask.backend_operation_request.request_id = "1"
    ask.backend_operation_request.session_id = session_of(came)
    ask.backend_operation_request.deferred_file.file_id = next(
        one.deferred_file_id for one in buttons if one.deferred_file_id
    )
    socket.send(ask.SerializeToString())
    while True:
        one = ForwardMsg.FromString(socket.recv(timeout=SECONDS, decode=False))
        if one.WhichOneof("type") == "backend_operation_response":
            return one.backend_operation_response.deferred_file.url


def session_of(came: list[ForwardMsg]) -> str:
    """The id of the session that answered."""
    return next(one.new_session.initialize.session_id for one in came if one.WhichOneof("type") == "new_session")


def bytes_of(came: list[ForwardMsg]) -> bytes:
    """Everything that was sent."""
    return b"".join(one.SerializeToString() for one in came)


def is_the_door(came: list[ForwardMsg]) -> bool:
    """Whether the sign-in form came, and nothing of the house."""
    forms = [one for one in came if one.WhichOneof("type") == "delta" and b"sign_in" in one.SerializeToString()]
    return bool(forms) and SECRET_NAME.encode() not in bytes_of(came)
