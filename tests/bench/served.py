"""A server of its own for as long as it is measured, and the processor time that it has used."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from socket import socket
from typing import TYPE_CHECKING

import start

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SECONDS_TO_START = 60


class NotServed(Exception):
    """The server did not start; what it said is in the message."""


class Served:
    """A running server on this machine."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.host = start.HOST
        self.port = port
        self.pid = process.pid
        self._process = process

    def cpu(self) -> float:
        """Seconds of processor time that the server has used so far, by its own clock (clock_getcpuclockid(3))."""
        return time.clock_gettime(~self.pid << 3 | 2)

    def tell(self, told: int) -> None:
        """Send the server this signal."""
        self._process.send_signal(told)

    def outcome(self, seconds: float) -> int:
        """How the server ended; raises TimeoutExpired when it has not within these seconds."""
        return self._process.wait(seconds)


@contextmanager
def served(script: Path, log: Path, environment: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Serve the application in `script` on a free port; its own words go to the file `log`."""
    with socket() as probe:
        probe.bind((start.HOST, 0))
        port = probe.getsockname()[1]
    told = {**os.environ, **(environment or {})}
    with log.open("wb") as said:
        process = subprocess.Popen(
            start.server_command(port, str(script)),
            cwd=start.ROOT,
            env={**told, "FORWARDED_ALLOW_IPS": told.get("MENTORING_PROXIES", "")},  # as start.py does
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
        try:
            _wait(process, port, log)
            yield Served(process, port)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < end:
        connection = HTTPConnection(start.HOST, port, timeout=5)
        try:
            connection.request("GET", "/_stcore/health")
            connection.getresponse().read()
        except (OSError, HTTPException):
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    raise NotServed(log.read_text(encoding="utf-8", errors="replace"))
