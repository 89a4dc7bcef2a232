"""Start the mentoring dashboard: `python3 start.py`, on Windows `py start.py`.

It makes .venv beside this file, installs the locked requirements into it (later starts need no network) and runs the
server. Standard library only, in a syntax that an old Python can read, which is then told what it lacks.
"""

import argparse
import hashlib
import http.client
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

if sys.version_info < (3, 11):
    print(f"The dashboard needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
    print("Install a newer one (https://www.python.org/downloads/) and start again.", file=sys.stderr)
    sys.exit(2)

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
UNFINISHED = VENV / "unfinished"
RUN, ADD = "requirements.txt", "requirements-dev.txt"
HOST = os.environ.get("MENTORING_ADDRESS", "127.0.0.1")
NEAR = "127.0.0.1" if HOST in ("0.0.0.0", "::") else HOST  # noqa: S104 - the server itself refuses it without a proxy
SECONDS_TO_START, SECONDS_TO_STOP = 90, 20

COMMANDS = {
    "demo": "run the dashboard on a fictional edition, in a store of its own",
    "test": "run the tests, those in a browser too; `--long` for all of the long ones; further arguments go to pytest",
    "check": "style, types, import contracts and house rules",
    "bench": "what each page costs, against its limit",
    "backup": "make a copy of the store, also while the dashboard runs",
    "restore": "put a copy in the store's place, while the dashboard does not run",
}


class Trouble(Exception):
    """What keeps the dashboard from starting; its text is said to the person at the keyboard."""


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; returns the exit status (2: it could not begin, and said why)."""
    known, rest = _parser().parse_known_args(arguments)
    if rest and known.command != "test":
        _parser().error("unknown: " + " ".join(rest))
    acts = {
        "demo": lambda: demo(known),
        "test": lambda: test(rest),
        "check": lambda: module("tests.check", locks=(RUN, ADD)),
        "bench": lambda: module("tests.bench.run", locks=(RUN, ADD)),
        "backup": lambda: module("core.office.backup"),
        "restore": lambda: module("core.office.restore", known.file),
        None: lambda: run(known.port),
    }
    try:
        return acts[known.command]()
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    what = "Without a command: run the dashboard on this machine and print its link."
    parser = argparse.ArgumentParser(prog="start.py", description=what, allow_abbrev=False)
    port = os.environ.get("MENTORING_PORT", "8501")
    parser.add_argument("--port", type=port_number, default=port, help="default: MENTORING_PORT, else 8501")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, meaning in COMMANDS.items():
        command = commands.add_parser(name, help=meaning, description=meaning, allow_abbrev=False)
        if name == "demo":
            until = "how far its year has come: intake, selection, training, speeddate, matching, mentoring or end"
            command.add_argument("--until", default="mentoring", metavar="PHASE", help=until)
            command.add_argument("--seed", default="1", help="another number draws other people")
            command.add_argument("--data", type=os.path.abspath, default=f"{ROOT}/data/demo-store", help="its folder")
            command.add_argument("--build-only", action="store_true", help="do not run the dashboard")
            command.add_argument("--port", type=port_number, default=argparse.SUPPRESS, help="as without a command")
        if name == "restore":
            command.add_argument("file", metavar="FILE", type=os.path.abspath)
    return parser


def port_number(text: str) -> int:
    """Read a port from the command line."""
    port = int(text)
    if port not in range(1, 65536):
        raise argparse.ArgumentTypeError(f"{port} is not a port: 1 to 65535")
    return port


# ---- what it runs on


def install(*locks: str) -> None:
    """Bring .venv up to the locked requirements; does nothing, and needs no network, when it is already."""
    due = [k for k in locks if not _stamp(k).exists() or _stamp(k).read_text() != _fingerprint(k)]
    if not due:
        return
    try:
        _make_venv()
        for lock in due:
            _install_lock(lock)
        UNFINISHED.unlink()
    except OSError as error:
        raise Trouble(f"The folder .venv could not be written: {error}. Nothing else was changed.") from error


def _install_lock(lock: str) -> None:
    print(f"Installing {lock} into .venv: a few minutes, this once.", flush=True)
    UNFINISHED.touch()
    _stamp(lock).unlink(missing_ok=True)
    options = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    status = _python("-m", "pip", "install", *options, "-r", lock)
    if status > 0:  # pip ended in order, so what is in .venv is whole; a pip that was killed leaves the mark
        UNFINISHED.unlink()
    if status != 0:
        raise Trouble(
            f"{lock} could not be installed; what pip said is above. Is this machine online?\n"
            f"(For a very new Python, as {sys.version.split()[0]} may be, packages can still be missing.)"
        )
    _stamp(lock).write_text(_fingerprint(lock))


def _make_venv() -> None:
    """Leave a .venv that works: the present one, unless an install was cut off or the Python has changed."""
    if VENV.exists() and (UNFINISHED.exists() or not _works()):
        _empty_venv()
    if PYTHON.exists():
        return
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise Trouble(
            "This Python cannot make virtual environments: its module venv is missing.\n"
            "On Debian and Ubuntu: sudo apt-get install python3-venv. Then start again."
        )
    VENV.mkdir(exist_ok=True)
    UNFINISHED.touch()
    if subprocess.call([sys.executable, "-m", "venv", str(VENV)]) != 0:
        raise Trouble("The folder .venv could not be made; what Python said is above. Then start again.")


def _empty_venv() -> None:
    """Delete what .venv holds, the mark `unfinished` last of all: by the next successful install."""
    if Path(sys.prefix).resolve() == VENV:
        raise Trouble("The folder .venv must be made anew: start with the system's Python, not with .venv's.")
    UNFINISHED.touch()
    for part in VENV.iterdir():
        if part.is_dir() and not part.is_symlink():
            shutil.rmtree(part)
        elif part != UNFINISHED:
            part.unlink()


def _works() -> bool:
    same = f"import sys, pip; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    try:
        return subprocess.run([str(PYTHON), "-c", same], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _stamp(lock: str) -> Path:
    return VENV / f"{lock}.installed"


def _fingerprint(lock: str) -> str:
    digest = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    return f"Python {sys.version_info[0]}.{sys.version_info[1]} sha256 {digest}"


def _python(*arguments: str) -> int:
    """Run the Python in .venv from this folder; returns its exit status."""
    return subprocess.call([str(PYTHON), *arguments], cwd=ROOT)


def module(name: str, *arguments: str, locks: tuple[str, ...] = (RUN,)) -> int:
    """Run a module that says itself how it went; returns its exit status."""
    install(*locks)
    return _python("-m", name, *arguments)


# ---- the server


def run(port: int) -> int:
    """Run the dashboard until it is told to end; returns 0 when it ended as told."""
    install(RUN)
    refuse_taken(port)
    status = _python("-m", "core.office.ready")
    if status != 0:
        return status
    server = Server(port)
    url = f"http://{NEAR}:{port}"
    if server.answers() and _python("-m", "core.accounts.first_link", url) != 0 and not server.asked:
        print(url + "/", flush=True)
    return server.outcome()


def demo(known: argparse.Namespace) -> int:
    """Build the fictional edition where it is due, then run the dashboard on it."""
    os.environ["MENTORING_DATA"] = known.data
    if HOST == "127.0.0.1":  # elsewhere only the operator knows where personal links must lead
        os.environ.setdefault("MENTORING_PUBLIC_URL", f"http://{HOST}:{known.port}")
    status = module("core.demo", "--until", known.until, "--seed", known.seed)
    return status if status or known.build_only else run(known.port)


def server_command(port: int, script: str = "app.py") -> list[str]:
    """The command line of the server: the same application as `streamlit run app.py`."""
    flags = ["--server.port", str(port), "--server.address", HOST, "--server.headless", "true"]
    return [str(PYTHON), "-m", "streamlit", "run", script, *flags]


def refuse_taken(port: int) -> None:
    """Raise Trouble when somebody answers at the port."""
    with socket.socket() as probe:
        probe.settimeout(2)
        if probe.connect_ex((NEAR, port)) == 0:
            raise Trouble(
                f"Port {port} is in use: perhaps the dashboard is running already, at http://{NEAR}:{port}\n"
                f"End that one, or choose another port: start.py --port {port + 1}"
            )


class Server:
    """The server's process: a first signal asks it to finish and stop, a second one ends it at once."""

    def __init__(self, port: int) -> None:
        self.port, self.asked = port, 0
        for name in {"SIGINT", "SIGTERM", "SIGHUP"}.intersection(dir(signal)):
            signal.signal(getattr(signal, name), self.stop)
        self.process = subprocess.Popen(
            server_command(port),
            cwd=ROOT,
            env={**os.environ, "FORWARDED_ALLOW_IPS": os.environ.get("MENTORING_PROXIES", "")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # Streamlit's own links; the log and all errors go to stderr
            start_new_session=os.name != "nt",  # else Ctrl-C would reach it twice
        )

    def stop(self, *_: object) -> None:
        """Ask the server to end; the second time, end it."""
        self.asked += 1
        if not hasattr(self, "process"):
            return
        deadline = threading.Timer(SECONDS_TO_STOP if self.asked == 1 else 0, self.process.kill)
        deadline.daemon = True
        deadline.start()
        if os.name != "nt":  # on Windows Ctrl-C has reached it already, and terminate() would not be gentle
            self.process.terminate()

    def answers(self) -> bool:
        """Wait until the server answers; False when it ends instead, or takes too long."""
        end = time.monotonic() + SECONDS_TO_START
        while self.process.poll() is None and not self.asked:
            connection = http.client.HTTPConnection(NEAR, self.port, timeout=5)
            try:
                connection.request("GET", "/_stcore/health")
                connection.getresponse()
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
            else:
                return True
            finally:
                connection.close()
            if time.monotonic() > end:
                print(f"The server does not answer after {SECONDS_TO_START} s; it is ended.", file=sys.stderr)
                self.process.kill()
        return False

    def outcome(self) -> int:
        """Wait for the end; 0 when the server was asked to end and did so by itself."""
        status = self.process.wait()
        if self.asked and status != -getattr(signal, "SIGKILL", 0):
            print("The dashboard has stopped.", flush=True)
            return 0
        print("The dashboard has ended without being asked to; what it said is above.", file=sys.stderr)
        return status if status > 0 else 1


def test(arguments: list[str]) -> int:
    """Run pytest, with a Chromium for the browser tests; returns its exit status."""
    install(RUN, ADD)
    _python("-m", "tests.chromium")  # where none is to be had, the browser tests say that they were skipped
    workers = str(min(4, os.cpu_count() or 1))
    everything = ["-n", workers, "--dist", "loadfile"] if workers != "1" else []
    return _python("-m", "pytest", *([] if set(arguments) - {"--long"} else everything), *arguments)


if __name__ == "__main__":
    sys.exit(main())
