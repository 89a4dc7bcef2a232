"""One browser tab without a browser: it speaks Streamlit's WebSocket protocol and runs a page repeatedly.

A run is asked for by one BackMsg and answered by ForwardMsgs up to `script_finished`. Large elements come
once: as a browser does, the tab names those that it has, and the server sends a reference in their place.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING, NamedTuple

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.TextInput_pb2 import TextInput
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.proto.Element_pb2 import Element
    from websockets.sync.client import ClientConnection

SECONDS = 30
SIGN_IN = "sign_in"
"""The form that a stranger meets at every address."""
XSRF = "_streamlit_xsrf"


class PageFailed(Exception):
    """The page did not show what it should, so its cost means nothing."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens and which page is meant; `page` is its address after the slash."""

    host: str
    port: int
    page: str


class Run(NamedTuple):
    """What one run took: seconds until it had finished, bytes that came."""

    seconds: float
    size: int


@contextmanager
def opened(address: Address, cookie: str = "") -> Iterator[Tab]:
    """Open a page in a tab; its first run is done when the tab is there."""
    xsrf = _xsrf(address, cookie)
    cookies = "; ".join(filter(None, [cookie, xsrf and f"{XSRF}={xsrf}"]))
    with connect(
        f"ws://{address.host}:{address.port}/_stcore/stream",
        origin=Origin(f"http://{address.host}:{address.port}"),
        subprotocols=[Subprotocol("streamlit"), Subprotocol(xsrf or "none")],
        additional_headers={"Cookie": cookies} if cookies else {},
        compression=None,
        max_size=None,
        proxy=None,
    ) as socket:
        tab = Tab(socket, address.page)
        tab.run()
        yield tab


class Tab:
    """An open page; raises PageFailed when a run shows an error."""

    def __init__(self, socket: ClientConnection, page: str) -> None:
        self._socket = socket
        self._page = page
        self._page_hash = ""
        self._held: set[str] = set()
        self._choices: dict[str, str] = {}

    def run(self) -> Run:
        """Run the page once more."""
        return self._timed(None)

    def choose(self, label: str, option: str) -> Run:
        """Choose one of the segments beside each other, as the page showed them last; the run that follows."""
        return self._timed(self._choice(label, option))

    def begin_to_choose(self, label: str, option: str) -> None:
        """Choose, and come back as soon as the run that follows has drawn the segments again."""
        self._ask(self._choice(label, option))
        drawn = False
        while not drawn:
            message, _ = self._hear()
            self._take(message)
            drawn = message.delta.new_element.button_group.label == label

    def finish(self) -> None:
        """Wait for the end of a run that was begun."""
        while not self._take(self._hear()[0]):
            pass

    def _choice(self, label: str, option: str) -> WidgetState:
        state = WidgetState(id=self._choices[label])
        state.string_array_value.data.append(option)
        return state

    def _timed(self, change: WidgetState | None) -> Run:
        start = time.perf_counter()
        self._ask(change)
        size = 0
        finished = False
        while not finished:
            message, length = self._hear()
            size += length
            finished = self._take(message)
        return Run(time.perf_counter() - start, size)

    def _ask(self, change: WidgetState | None) -> None:
        ask = BackMsg()
        ask.rerun_script.page_name = self._page
        ask.rerun_script.page_script_hash = self._page_hash
        ask.rerun_script.cached_message_hashes.extend(self._held)
        ask.rerun_script.context_info.timezone = "Europe/Rome"
        ask.rerun_script.context_info.locale = "it-IT"
        if change is not None:
            ask.rerun_script.widget_states.widgets.append(change)
        self._socket.send(ask.SerializeToString())

    def _hear(self) -> tuple[ForwardMsg, int]:
        """The next message, and how many bytes it was."""
        data = self._socket.recv(timeout=SECONDS, decode=False)
        return ForwardMsg.FromString(data), len(data)

    def _take(self, message: ForwardMsg) -> bool:
        """Note one message; returns whether it was the last one of the run."""
        kind = message.WhichOneof("type")
        if message.metadata.cacheable:
            self._held.add(message.hash)
        if kind == "new_session":
            self._page_hash = message.new_session.page_script_hash
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "page_not_found":
            raise PageFailed(f"there is no page /{self._page}")
        elif kind == "delta":
            self._note(message.delta.new_element)
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                raise PageFailed(f"/{self._page} cannot be compiled")
            return message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        return False

    def _note(self, element: Element) -> None:
        kind = element.WhichOneof("type")
        if kind == "button_group":
            self._choices[element.button_group.label] = element.button_group.id
        if kind == "exception" and not element.exception.is_warning:
            raise PageFailed(f"/{self._page}: {element.exception.type}: {element.exception.message}")
        if kind == "alert" and element.alert.format == Alert.ERROR:
            raise PageFailed(f"/{self._page} shows an error: {element.alert.body}")
        if (
            kind == "text_input"
            and element.text_input.form_id == SIGN_IN
            and element.text_input.type == TextInput.PASSWORD
        ):
            raise PageFailed(f"/{self._page} asks for a password: the cookie was not accepted")


def _xsrf(address: Address, cookie: str) -> str:
    """The token that the server hands to a browser before the WebSocket is opened."""
    connection = HTTPConnection(address.host, address.port, timeout=SECONDS)
    try:
        connection.request("GET", "/_stcore/host-config", headers={"Cookie": cookie} if cookie else {})
        reply = connection.getresponse()
        reply.read()
        given = reply.headers.get_all("Set-Cookie") or []
    finally:
        connection.close()
    return next((one.split(";")[0].partition("=")[2] for one in given if one.startswith(f"{XSRF}=")), "")
