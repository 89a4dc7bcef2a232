"""`python -m tests.check`: style, types, import contracts, house rules; each runs also after one has failed."""

from __future__ import annotations

import subprocess
import sys

import start

CONTRACTS = "import sys; from importlinter.cli import lint_imports_command as lint; sys.exit(lint())"
CHECKS = {
    "style": ["-m", "ruff", "check", "."],
    "layout": ["-m", "ruff", "format", "--check", "."],
    "types": ["-m", "pyright"],
    "import contracts": ["-c", CONTRACTS],
    "house rules": ["-m", "pytest", "-q", "tests/test_house_rules.py"],
}


def main() -> int:
    """Run all; returns 1 when one has failed."""
    failed = []
    for name, command in CHECKS.items():
        print(f"--- {name}", flush=True)
        if subprocess.call([sys.executable, *command], cwd=start.ROOT) != 0:
            failed.append(name)
    print("Failed: " + ", ".join(failed) if failed else "All checks passed.", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
