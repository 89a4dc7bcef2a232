"""What every page costs in every phase of the demo, in units: `python3 start.py bench`.

One unit is the processor time of a rerun of the bare page. It is measured in turns with each page, on the
same machine in the same minute, so that a slow machine does not change the ratio.
`python -m tests.bench.run ranking ballots --until selection` measures these pages in this phase alone.
Exit status 1: a page is beyond 1.5 times its limit; 2: a page failed.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import start
from core.demo.dates import Until
from pages.shared.registry import PAGES
from tests.bench import door, limits, staff
from tests.bench.cost import HEADINGS, TOLERANCE, Cost
from tests.bench.served import NotServed, Served, served
from tests.bench.tab import Address, PageFailed, Run, opened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

HERE = Path(__file__).resolve().parent
HISTORY = start.ROOT / "bench" / "history.csv"
DOORS_PHASE = Until.MENTORING
"""In which phase the door is measured: one in the middle of the work."""
WARM, ROUNDS, RERUNS = 3, 3, 7


def measure(page: str, limit: float, server: Served, bare: Served, cookie: str, *, phase: str = "") -> Cost:
    """The cost of a page of `server` in units of the page of `bare`."""
    unit_address = Address(bare.host, bare.port, "")
    with opened(unit_address) as unit, opened(Address(server.host, server.port, page), cookie) as tab:
        for _ in range(WARM):
            unit.run()
            tab.run()
        runs: list[Run] = []
        unit_cpu = cpu = 0.0
        for _ in range(ROUNDS):
            before = bare.cpu()
            for _ in range(RERUNS):
                unit.run()
            unit_cpu += bare.cpu() - before
            before = server.cpu()
            runs += [tab.run() for _ in range(RERUNS)]
            cpu += server.cpu() - before
    seconds = sorted(run.seconds for run in runs)
    return Cost(
        page=page,
        phase=phase,
        units=round(cpu / unit_cpu, 2),
        limit=limit,
        cpu_ms=round(1000 * cpu / len(runs), 1),
        p50_ms=round(1000 * statistics.median(seconds), 1),
        p95_ms=round(1000 * seconds[int(0.95 * len(seconds))], 1),
        kilobytes=round(statistics.mean(run.size for run in runs) / 1000, 1),
    )


def write_down(costs: list[Cost], history: Path) -> None:
    """Append the costs to the history, with the moment and the commit."""
    history.parent.mkdir(parents=True, exist_ok=True)
    asked = ["git", "describe", "--always", "--dirty"]
    commit = subprocess.run(asked, cwd=start.ROOT, capture_output=True, text=True, check=False).stdout.strip()
    begun = history.exists()
    with history.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        if not begun:
            writer.writerow(["when", "commit", *(field.name for field in fields(Cost))])
        for cost in costs:
            writer.writerow([f"{datetime.now(UTC):%Y-%m-%dT%H:%MZ}", commit, *asdict(cost).values()])


def main(arguments: list[str] | None = None) -> int:
    """Measure the pages and say how they stand."""
    if not hasattr(time, "clock_gettime") or not sys.platform.startswith("linux"):
        print("The bench reads the processor time of other processes: it runs on Linux only.", file=sys.stderr)
        return 2
    asked = _parser().parse_args(arguments)
    costs: list[Cost] = []
    failures = 0
    print(HEADINGS)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        bare = stack.enter_context(served(HERE / "bare_app.py", Path(name) / "bare.log"))
        for until in Until:
            if until not in (asked.until or Until):
                continue
            for found in phase_costs(until, asked.pages, bare, Path(name) / until):
                print(found if isinstance(found, str) else found.line, flush=True)
                if isinstance(found, Cost):
                    costs.append(found)
                else:
                    failures += 1
    write_down(costs, HISTORY)
    if failures:
        return 2
    return 1 if any(cost.units > TOLERANCE * cost.limit for cost in costs) else 0


def phase_costs(until: Until, wanted: Collection[str], bare: Served, folder: Path) -> Iterator[Cost | str]:
    """The cost of each page in this phase, or what it failed by; of the door too where no pages are named."""
    doors = until is DOORS_PHASE and not wanted
    folder.mkdir()
    cookie, *others = staff.sign_in_many(folder / "store", until, door.PEOPLE + 1 if doors else 1)
    allowed = limits.read()
    with served(start.ROOT / "app.py", folder / "app.log", staff.environment(folder / "store")) as app:
        for page in (one.url for one in PAGES if one.url in wanted or not wanted):
            try:
                yield measure(page, allowed.of(page), app, bare, cookie, phase=until)
            except PageFailed as error:
                yield f"{page or '/':<30}{until:<12}{error}"
        if doors:
            yield from door.costs(app, folder / "store", others)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run", description="What the pages cost.")
    parser.add_argument("pages", nargs="*", metavar="page", help="addresses of pages; none: all of them, and the door")
    parser.add_argument("--until", nargs="+", type=Until, choices=list(Until), help="in these phases of the demo only")
    return parser


if __name__ == "__main__":
    try:
        sys.exit(main())
    except NotServed as error:
        sys.exit(f"The server did not start. It said:\n{error}")
