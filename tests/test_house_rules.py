"""The house's own rules hold; and each of them finds a tree that breaks it."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import run
from typing import TYPE_CHECKING

import pytest

from tests import house

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Rule = Callable[[Path], Iterator[str]]

ROOT = Path(__file__).resolve().parent.parent
RULES = [
    rule
    for name, rule in vars(house).items()
    if not name.startswith("_") and getattr(rule, "__module__", "") == house.__name__
]

ALPHA = "alpha==1.0 \\\n    --hash=sha256:00\n"
BETA = "beta==2.0 ; sys_platform == 'linux' \\\n    --hash=sha256:01\n"
README = "    python3 start.py\n| `alpha` | why |\n| `beta` | why |\n| `intake/applicants.py` | Who? |\n"
PAGE = '"""Who has applied?"""\nimport streamlit as st\nstaff = require_staff(READ)\nst.title("x")\n'
LAYERS = '[[tool.importlinter.contracts]]\ncontainers = ["core"]\nlayers = ["(matching)", "(intake)"]\n'
GOOD = {
    "pyproject.toml": LAYERS,
    "app.py": "app = 1\n",
    "core/__init__.py": 'PHASES = ("intake", "matching")\n',
    "core/intake/rules.py": 'def open_on(day):\n    """Whether applications are taken."""\n    return day\n',
    "core/intake/link.py": "if __name__ == '__main__':\n    print(1)\n",
    "core/intake/clock.py": "from datetime import UTC, datetime\n_now = datetime.now(UTC)\n",
    "core/intake/__init__.py": "",
    "core/matching/__init__.py": "",
    "core/migrations/env.py": "y = z  # pyright: ignore[reportA, reportB] - the stubs lack it\n",
    "core/migrations/versions/first.py": "def upgrade():\n" + "    x = 1\n" * 301,
    "core/matching/actions.py": "x = 1  # noqa: N816 - the name in the regulations\n",
    "pages/dashboard.py": "import streamlit as st\nst.navigation([]).run()\n",
    "pages/intake/applicants.py": PAGE,
    "pages/intake/parts_rows.py": 'def rows():\n    """Show."""\n    st.text("x")\n',
    "pages/shared/applicants.py": "from sqlmodel import Session\n",
    "pages/shared/act.py": "try:\n    x = 1\nexcept ValueError:\n    x = 2\n",
    "requirements.in": "alpha==1.0\nbeta[extra]==2.0; sys_platform == 'linux'\n",
    "requirements.txt": ALPHA + BETA,
    "README.md": README,
}
BAD: dict[str, list[dict[str, str]]] = {
    "core_files_are_short": [
        {"core/intake/importer.py": "x = 1\n" * 301},
        {f"core/intake/part{n}.py": "x = 1\n" * 91 for n in range(9)},
    ],
    "pages_are_short": [{"pages/intake/parts_rows.py": "x = 1\n" * 151}, {"app.py": "x = 1\n" * 61}],
    "functions_are_short": [
        {"core/intake/actions.py": "def take():\n" + "    x = 1\n" * 40},
        {"pages/intake/applicants.py": PAGE + "def show():\n" + "    x = 1\n" * 40},
    ],
    "names_say_what_is_inside": [
        {"core/intake/utils.py": ""},
        {"pages/common/table.py": ""},
        {"tests/helpers.py": ""},
    ],
    "core_folders_are_packages": [{"core/archive/rules.py": ""}],
    "public_functions_say_what_they_do": [
        {"core/intake/actions.py": "def take():\n    pass\n"},
        {"core/intake/actions.py": "class Row:\n    def take(self):\n        pass\n"},
        {"pages/intake/parts_rows.py": "async def rows():\n    pass\n"},
    ],
    "pages_ask_who_is_there_first": [
        {"pages/intake/applicants.py": PAGE.replace('"""Who has applied?"""\n', "")},
        {"pages/intake/applicants.py": PAGE.replace("staff = require_staff(READ)\n", "")},
        {"pages/intake/applicants.py": PAGE.replace("staff = ", "if x: staff = ")},
        {"pages/intake/applicants.py": PAGE.replace("staff =", 'st.write("hello")\nstaff =')},
        {"pages/intake/applicants.py": PAGE.replace("staff =", "@st.fragment\ndef f(): pass\nstaff =")},
    ],
    "only_the_dashboard_stands_in_pages": [{"pages/applicants.py": PAGE}],
    "pages_hold_no_sql": [
        {"pages/intake/applicants.py": PAGE + "rows = session.exec(query)\n"},
        {"pages/intake/parts_rows.py": "rows = select(Applicant)\n"},
        {"pages/shared/tables.py": "from sqlmodel import col\n"},
    ],
    "pages_do_not_catch": [
        {"pages/intake/applicants.py": PAGE + "try:\n    x = 1\nfinally:\n    x = 2\n"},
        {"pages/intake/parts_rows.py": "with contextlib.suppress(KeyError):\n    x = 1\n"},
        {"pages/dashboard.py": "try:\n    x = 1\nexcept ValueError:\n    x = 2\n"},
    ],
    "pages_hold_no_html": [{"pages/shared/tables.py": 'st.markdown("<b>", unsafe_allow_html=True)\n'}],
    "page_names_are_unique": [{"pages/matching/applicants.py": PAGE}],
    "phases_have_one_name": [
        {"core/pairing/rules.py": ""},
        {"pages/pairing/pairs.py": PAGE},
        {"tests/pairing/test_pairs.py": ""},
    ],
    "the_layers_follow_the_calendar": [
        {"core/__init__.py": 'PHASES = ("matching", "intake")\n'},
        {"core/__init__.py": 'PHASES: tuple[str, ...] = ("intake", "matching", "archive")\n'},
        {"core/__init__.py": ""},
    ],
    "tables_hold_no_relationship": [{"core/intake/models.py": "rows = Relationship()\n"}],
    "nobody_prints": [{"core/intake/actions.py": "print(1)\n"}, {"pages/shared/tables.py": "print(1)\n"}],
    "rules_read_no_clock": [
        {"core/intake/rules.py": "from datetime import date\nday = date.today()\n"},
        {"core/intake/rules/dates.py": "import datetime\nmoment = datetime.datetime.now()\n"},
        {"core/intake/rules.py": "from time import time\n"},
    ],
    "one_module_reads_the_clock": [
        {"core/matching/actions.py": "from datetime import datetime\nat = datetime.now\n"},
        {"pages/intake/applicants.py": PAGE + "import time\nat = time.time()\n"},
    ],
    "exemptions_give_their_reason": [
        {"core/intake/actions.py": "import x  # noqa: F401\n"},
        {"core/intake/actions.py": "import x  # noqa\n"},
        {"app.py": "x = y()  # type: ignore\n"},
        {"start.py": "x = y()  # pyright: ignore[reportUnknown]\n"},
    ],
    "the_readme_begins_with_the_command": [{"README.md": "\n" * 20 + README}],
    "the_readme_names_each_dependency": [
        {"README.md": README.replace("| `alpha` | why |", "alpha")},
        {"requirements-dev.in": "gamma==3\n"},
    ],
    "the_readme_names_each_page": [{"pages/matching/pairs.py": PAGE}],
    "the_locks_are_complete": [
        {"requirements.in": "alpha==1.1\n"},
        {"requirements-dev.in": "gamma==3\n"},
        {"requirements.txt": "alpha==1.0\n" + BETA},
        {"requirements.txt": "--index-url https://example.org\n" + ALPHA + BETA},
    ],
}


def plant(root: Path, files: dict[str, str]) -> Path:
    """A tree of these files."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rule(rule: Rule) -> None:
    broken = list(rule(ROOT))
    assert not broken, "\n".join([rule.__doc__ or "", *broken])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_accepts_a_good_tree_and_finds_each_bad_one(rule: Rule, tmp_path: Path) -> None:
    assert list(rule(plant(tmp_path / "good", GOOD))) == []
    for number, files in enumerate(BAD[rule.__name__]):
        assert list(rule(plant(tmp_path / f"bad{number}", GOOD | files))), files


CALENDAR = "Dependencies run with the calendar"
IMPORTS = [
    ({"core/matching/actions.py": "from core.intake import queries\n"}, []),
    ({"core/intake/queries.py": "import core.matching.actions\n"}, [CALENDAR]),
    ({"core/archive/__init__.py": ""}, [CALENDAR]),
    ({"core/intake/queries.py": "from core.intake import actions\n"}, ["Within a phase"]),
    ({"core/intake/queries.py": "import streamlit\n"}, ["The core runs without a browser"]),
    ({"core/intake/queries.py": "import pages.intake.applicants\n"}, ["The core runs without a browser"]),
    ({"core/intake/rules.py": "from core.intake import table\n"}, ["Rules are pure"]),
]


@pytest.mark.parametrize(("files", "broken"), IMPORTS, ids=lambda value: next(iter(value), None))
def test_the_import_contracts_find_what_breaks_them(files: dict[str, str], broken: list[str], tmp_path: Path) -> None:
    tree = dict.fromkeys(("core/__init__.py", "core/matching/__init__.py", "core/intake/__init__.py"), "")
    tree |= {"core/intake/actions.py": "", "core/intake/queries.py": "", "pages/intake/applicants.py": ""}
    tree |= {"core/intake/table.py": "import sqlmodel\n", "core/intake/rules.py": ""}
    settings = {"pyproject.toml": (ROOT / "pyproject.toml").read_text(encoding="utf-8")}
    plant(tmp_path, settings | tree | files)
    lint = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as lint; lint()",
        "--no-cache",
    ]
    told = run(lint, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    found = [line.removesuffix(" BROKEN").split(":")[0] for line in told.splitlines() if line.endswith("BROKEN")]
    assert found == broken, told
