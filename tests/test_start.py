"""start.py as people meet it: on a bare machine, with a taken port, cut off half way, told to stop."""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from socket import socket

import pytest

import start

FILE = Path(start.__file__)
APP = "import streamlit as st\napp = st.App('page.py')\n"
FIRST_LINK = "import sys\nprint(sys.argv[1] + '/first-run?token=once')\n"
REFUSING = "import sys\nprint('This store is from a newer version.', file=sys.stderr)\nsys.exit(2)\n"


def started(folder, *arguments):
    """start.py at work in a folder of its own."""
    return subprocess.Popen(
        [sys.executable, "start.py", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    )


def outcome(folder, *arguments):
    """How start.py ended, and what it said on both channels."""
    with started(folder, *arguments) as process:
        out, err = process.communicate(timeout=30)
    return process.returncode, out, err


def free_port():
    with socket() as probe:
        probe.bind((start.HOST, 0))
        return probe.getsockname()[1]


@contextmanager
def running(folder, port):
    process = started(folder, "--port", str(port))
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def house(tmp_path):
    """A small application with start.py, whose .venv is the one that these tests run in."""
    (tmp_path / ".venv").mkdir()
    for name in ("bin", "lib"):
        (tmp_path / ".venv" / name).symlink_to(Path(sys.prefix) / name)
    shutil.copy(Path(sys.prefix) / "pyvenv.cfg", tmp_path / ".venv")
    shutil.copy(FILE, tmp_path)
    for name, text in {
        "requirements.txt": "",
        "app.py": APP,
        "page.py": "import streamlit as st\nst.text('Welcome')\n",
        "core/office/ready.py": "",
        "core/accounts/first_link.py": FIRST_LINK,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    digest = hashlib.sha256(b"").hexdigest()
    stamp = f"Python {sys.version_info[0]}.{sys.version_info[1]} sha256 {digest}"
    (tmp_path / ".venv/requirements.txt.installed").write_text(stamp, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        ([], ["-n", "2", "--dist", "loadfile"]),
        (["--long"], ["-n", "2", "--dist", "loadfile", "--long"]),
        (["tests/store", "-x"], ["tests/store", "-x"]),
        (["--long", "tests/faults"], ["--long", "tests/faults"]),
    ],
)
def test_all_tests_run_on_several_processors_the_long_ones_too(monkeypatch, arguments, given):
    said = []
    monkeypatch.setattr(start, "install", lambda *_: None)
    monkeypatch.setattr(start, "_python", lambda *command: said.append(command))
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    start.main(["test", *arguments])
    assert said[-1] == ("-m", "pytest", *given)


def test_an_old_python_can_read_start_py():
    tree = ast.parse(FILE.read_text(encoding="utf-8"), feature_version=(3, 7))
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in named} <= sys.stdlib_module_names
    assert "__future__" not in named
    assert len(FILE.read_text(encoding="utf-8").splitlines()) <= 300


def test_an_old_python_is_told_what_it_lacks():
    pretend = f"import runpy, sys; sys.version_info = (3, 6, 9); runpy.run_path({str(FILE)!r}, run_name='__main__')"
    told = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert told.stderr.startswith("The dashboard needs Python 3.11 or newer")
    assert "Traceback" not in told.stderr


def test_a_python_without_venv_is_told_what_to_install(tmp_path):
    shutil.copy(FILE, tmp_path)
    (tmp_path / "requirements.txt").touch()
    without = "import sys; sys.modules['ensurepip'] = None; import start; sys.exit(start.main([]))"
    told = subprocess.run([sys.executable, "-c", without], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert "sudo apt-get install python3-venv" in told.stderr
    assert not (tmp_path / ".venv").exists()


def test_help_lists_the_commands(house):
    status, out, _ = outcome(house, "--help")
    assert status == 0
    assert all(f"    {command} " in out for command in start.COMMANDS)


@pytest.mark.parametrize("arguments", [["--port", "99999"], ["--port", "x"], ["tset"], ["check", "--fix"]])
def test_what_it_does_not_know_is_refused(house, arguments):
    status, _, err = outcome(house, *arguments)
    assert status == 2
    assert "usage: start.py" in err


SAYING = "import sys\nprint(sys.argv[1:])\nsys.exit(2)\n"


def test_backup_and_restore_say_themselves_how_it_went(house):
    for name in ("backup", "restore"):
        (house / f"core/office/{name}.py").write_text(SAYING, encoding="utf-8")
    assert outcome(house, "backup") == (2, "[]\n", "")
    assert outcome(house, "restore", "a copy.db") == (2, f"['{house}/a copy.db']\n", "")


TELLING = "import os, sys\nprint(os.environ['MENTORING_DATA'], *sys.argv[1:])\n"


def test_the_demo_is_built_in_a_folder_of_its_own(house):
    (house / "core/demo").mkdir()
    (house / "core/demo/__main__.py").write_text(TELLING, encoding="utf-8")
    usual = f"{house}/data/demo-store --until mentoring --seed 1\n"
    assert outcome(house, "demo", "--build-only") == (0, usual, "")
    chosen = ["--until", "end", "--seed", "7", "--data", "elsewhere"]
    assert outcome(house, "demo", "--build-only", *chosen) == (0, f"{house}/elsewhere --until end --seed 7\n", "")


def test_the_demo_runs_on_the_port_that_is_asked_for_and_not_when_it_was_not_built(house):
    (house / "core/demo").mkdir()
    (house / "core/demo/__main__.py").write_text(REFUSING, encoding="utf-8")
    assert outcome(house, "demo") == (2, "", "This store is from a newer version.\n")
    (house / "core/demo/__main__.py").write_text("", encoding="utf-8")
    with socket() as other:
        other.bind((start.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        status, out, err = outcome(house, "demo", "--port", str(port))
    assert (status, out) == (2, "")
    assert err.startswith(f"Port {port} is in use")


def test_restore_wants_a_file(house):
    status, out, err = outcome(house, "restore")
    assert (status, out) == (2, "")
    assert "FILE" in err


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_prints_one_link_and_ends_when_told(house, told):
    port = free_port()
    with running(house, port) as process:
        assert process.stdout.readline() == f"http://127.0.0.1:{port}/first-run?token=once\n"
        connection = HTTPConnection(start.HOST, port, timeout=5)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        connection.close()
        process.send_signal(told)
        assert process.wait(timeout=8) == 0
        assert process.stdout.read() == "The dashboard has stopped.\n"
    with socket() as probe:
        assert probe.connect_ex((start.HOST, port)) != 0


def test_a_taken_port_is_named_with_the_way_out(house):
    with socket() as other:
        other.bind((start.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        status, out, err = outcome(house, "--port", str(port))
    assert (status, out) == (2, "")
    assert err.startswith(f"Port {port} is in use")
    assert f"start.py --port {port + 1}" in err


def test_a_store_from_a_newer_version_stops_the_start(house):
    (house / "core/office/ready.py").write_text(REFUSING, encoding="utf-8")
    assert outcome(house, "--port", str(free_port())) == (2, "", "This store is from a newer version.\n")


def test_a_server_that_ends_by_itself_is_a_failure(house):
    (house / "app.py").write_text(APP + "raise SystemExit(3)\n", encoding="utf-8")
    status, out, err = outcome(house, "--port", str(free_port()))
    assert status not in {0, 2}
    assert out == ""
    assert "has ended without being asked to" in err


@pytest.fixture(scope="module")
def lone(tmp_path_factory):
    """A folder with start.py and a lock of one small package, whose wheel lies beside it."""
    folder = tmp_path_factory.mktemp("lone")
    shutil.copy(FILE, folder)
    lock(folder, "1.0")
    return folder


def lock(folder, version):
    """Lock the small package at this version."""
    wheel = folder / f"tiny-{version}-py3-none-any.whl"
    about = f"tiny-{version}.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny.py", f"version = {version!r}\n")
        archive.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n")
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{about}/RECORD", "")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    text = f"--no-index\n--find-links {folder}\ntiny=={version} --hash=sha256:{digest}\n"
    (folder / "requirements.txt").write_text(text, encoding="utf-8")


def installed(folder):
    """What `install` says in this folder, its status, and the version that is there afterwards."""
    act = "import sys, start; sys.exit(start.main(['bench']))"
    environment = {**os.environ, "PIP_CONFIG_FILE": os.devnull}
    told = subprocess.run(
        [sys.executable, "-c", act], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    ask = [str(folder / ".venv/bin/python"), "-c", "import tiny; print(tiny.version)"]
    found = subprocess.run(ask, capture_output=True, text=True, check=False).stdout.strip()
    return "Installing requirements.txt" in told.stdout, found, told.stderr


def test_it_installs_once_and_again_when_the_lock_has_changed(lone):
    assert installed(lone)[:2] == (True, "1.0")
    assert installed(lone)[:2] == (False, "1.0")
    lock(lone, "2.0")
    assert installed(lone)[:2] == (True, "2.0")


def test_an_install_that_was_cut_off_begins_anew(lone):
    lock(lone, "3.0")
    installed(lone)
    (lone / ".venv/requirements.txt.installed").unlink()
    (lone / ".venv/unfinished").touch()
    next(lone.glob(".venv/lib/*/site-packages/tiny.py")).unlink()
    shutil.rmtree(next(lone.glob(".venv/lib/*/site-packages/pip")))
    assert installed(lone)[:2] == (True, "3.0")
    assert not (lone / ".venv/unfinished").exists()


def test_a_wrong_hash_stops_the_install_and_is_tried_again(lone):
    lock(lone, "4.0")
    good = (lone / "requirements.txt").read_text(encoding="utf-8")
    (lone / "requirements.txt").write_text(good.replace("sha256:", "sha256:0000")[:-5] + "\n", encoding="utf-8")
    _, _, err = installed(lone)
    assert "requirements.txt could not be installed" in err
    (lone / "requirements.txt").write_text(good, encoding="utf-8")
    assert installed(lone)[:2] == (True, "4.0")
