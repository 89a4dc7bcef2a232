"""The Chromium that the browser tests drive: where it is, and how to get one. Standard library only.

`python -m tests.chromium` installs one where none is found. A browser named by MENTORING_CHROMIUM goes first.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
MAC_APPLICATIONS = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_PROGRAMS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
PLAYWRIGHT_CACHES = (
    "~/.cache/ms-playwright",
    "~/Library/Caches/ms-playwright",
    "~/AppData/Local/ms-playwright",
)
PLAYWRIGHT_PROGRAMS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-win*/chrome.exe",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)


def find_chromium() -> str | None:
    """The path of a browser of the Chromium family on this machine, or None."""
    return next(_candidates(), None)


def install_chromium() -> None:
    """Get one: from Debian where we may, else Playwright's own build."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.call(["apt-get", "update", "-qq"], env=quiet)
        subprocess.call(["apt-get", "install", "-y", "-qq", "chromium"], env=quiet)
    if find_chromium() is None:
        subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"])


def _candidates() -> Iterator[str]:
    named = os.environ.get("MENTORING_CHROMIUM")
    if named and Path(named).exists():
        yield named
    yield from filter(None, map(shutil.which, COMMANDS))
    for cache in (os.environ.get("PLAYWRIGHT_BROWSERS_PATH", ""), *PLAYWRIGHT_CACHES):
        if cache:
            for pattern in PLAYWRIGHT_PROGRAMS:
                yield from map(str, sorted(Path(cache).expanduser().glob(pattern), reverse=True))
    for name in MAC_APPLICATIONS:
        yield from _existing(Path("/Applications") / f"{name}.app/Contents/MacOS" / name)
    for folder in filter(None, map(os.environ.get, WINDOWS_FOLDERS)):
        for program in WINDOWS_PROGRAMS:
            yield from _existing(Path(folder) / program)


def _existing(path: Path) -> Iterator[str]:
    if path.exists():
        yield str(path)


if __name__ == "__main__":
    if find_chromium() is None:
        install_chromium()
    found = find_chromium()
    print("Browser tests use " + found if found else "No Chromium could be found or installed.")
    sys.exit(0 if found else 1)
