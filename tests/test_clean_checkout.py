"""The first command of the README, on a checkout of nothing but what is committed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from socket import socket
from urllib.parse import urlsplit

import pytest

import start


@pytest.mark.slow
def test_the_first_command_of_the_readme_opens_the_first_run_page(tmp_path) -> None:
    house = tmp_path / "house"
    subprocess.run(["git", "clone", "--quiet", str(start.ROOT), str(house)], check=True)
    environment = house / ".venv"
    environment.mkdir()
    for part in Path(sys.prefix).iterdir():
        (environment / part.name).symlink_to(part) if part.is_dir() else shutil.copy(part, environment)
    with socket() as probe:
        probe.bind((start.HOST, 0))
        port = probe.getsockname()[1]

    process = subprocess.Popen(
        [sys.executable, "start.py", "--port", str(port)],
        cwd=house,
        env={name: value for name, value in os.environ.items() if not name.startswith("MENTORING_")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        link = process.stdout.readline().strip()
        parts = urlsplit(link)
        with closing(HTTPConnection(parts.hostname or "", parts.port, timeout=10)) as connection:
            connection.request("GET", parts.path)
            answer = connection.getresponse()
            page = answer.read()
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=30)

    assert "Script" not in errors  # what libraries complain of when they are imported too early
    assert link.startswith(f"http://127.0.0.1:{port}/first-run?token=")
    assert answer.status == 200
    assert b"<html" in page
    assert (house / "data" / "mentoring.db").exists()
    assert process.returncode == 0
