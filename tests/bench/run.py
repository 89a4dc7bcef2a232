"""What the pages cost, in units: `python3 start.py bench`.

One unit is the processor time of a rerun of the bare page. It is measured in turns with each page, on the
same machine in the same minute, so that a slow machine does not change the ratio. Both are sums over all
rounds, since the system counts processor time in steps of 10 ms.
Exit status 1: a page is beyond 1.5 times its limit; 2: a page failed.
"""

from __future__ import annotations

import csv
import statistics
import subprocess
import sys
import tempfile
import tomllib
from contextlib import ExitStack
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path

import start
from tests.bench import door, staff
from tests.bench.cost import TOLERANCE, Cost
from tests.bench.served import NotServed, Served, served
from tests.bench.tab import Address, PageFailed, Run, opened

HERE = Path(__file__).resolve().parent
HISTORY = start.ROOT / "bench" / "history.csv"
WARM, ROUNDS, RERUNS = 5, 5, 20


def measure(page: str, limit: float, server: Served, bare: Served, cookie: str, *, rounds: int = ROUNDS) -> Cost:
    """The cost of a page of `server` in units of the page of `bare`."""
    unit_address = Address(bare.host, bare.port, "")
    with opened(unit_address) as unit, opened(Address(server.host, server.port, page), cookie) as tab:
        for _ in range(WARM):
            unit.run()
            tab.run()
        runs: list[Run] = []
        unit_cpu = cpu = 0.0
        for _ in range(rounds):
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


def main() -> int:
    """Measure every page of limits.toml and say how it stands."""
    if not Path("/proc/self/stat").exists():
        print("The bench reads processor times from /proc: it runs on Linux only.", file=sys.stderr)
        return 2
    limits: dict[str, float] = tomllib.loads((HERE / "limits.toml").read_text(encoding="utf-8"))["pages"]
    costs: list[Cost] = []
    failed = False
    print(f"{'page':<30}{'units':>8}{'limit':>8}{'cpu ms':>9}{'p50 ms':>9}{'p95 ms':>9}{'KB':>9}")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        cookie, *others = staff.sign_in_many(folder / "store", door.PEOPLE + 1)
        bare = stack.enter_context(served(HERE / "bare_app.py", folder / "bare.log"))
        environment = staff.environment(folder / "store")
        app = stack.enter_context(served(start.ROOT / "app.py", folder / "app.log", environment)) if limits else bare
        for page, limit in limits.items() or [("", 1.25)]:
            try:
                cost = measure(page, limit, app, bare, cookie)
            except PageFailed as error:
                failed = True
                print(f"{page or '/':<30}{error}")
                continue
            costs.append(cost)
            print(cost.line, flush=True)
        for cost in door.costs(app, folder / "store", others) if limits else ():
            costs.append(cost)
            print(cost.line, flush=True)
    write_down(costs, HISTORY)
    if failed:
        return 2
    return 1 if any(cost.units > TOLERANCE * cost.limit for cost in costs) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except NotServed as error:
        sys.exit(f"The server did not start. It said:\n{error}")
