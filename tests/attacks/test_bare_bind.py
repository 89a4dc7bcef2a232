"""A server that other machines could reach without a proxy does not start, whichever way it is started."""

from __future__ import annotations

import os
import subprocess
import sys
from http.client import HTTPConnection
from socket import socket
from typing import TYPE_CHECKING

import pytest

import start

if TYPE_CHECKING:
    from pathlib import Path

EVERYWHERE = "0.0.0.0"  # noqa: S104 - what is refused


def a_port() -> int:
    with socket() as probe:
        probe.bind((start.HOST, 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize(
    "command",
    [
        ["core.office.ready"],  # what start.py asks before it starts the server
        ["streamlit", "run", "app.py", "--server.address", EVERYWHERE],
    ],
    ids=["start.py", "streamlit"],
)
def test_it_refuses_to_listen_to_other_machines_in_the_clear(command: list[str], tmp_path: Path) -> None:
    port = a_port()
    told = {"MENTORING_DATA": str(tmp_path), "MENTORING_ADDRESS": EVERYWHERE, "STREAMLIT_SERVER_PORT": str(port)}
    ended = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=start.ROOT,
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode != 0
    assert "MENTORING_PUBLIC_URL" in ended.stdout + ended.stderr
    assert not (tmp_path / "mentoring.db").exists()
    with pytest.raises(ConnectionRefusedError):
        HTTPConnection(start.HOST, port, timeout=5).connect()
