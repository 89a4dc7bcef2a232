"""The bench's own tab and server: what it measures is what it says, and a page that fails is not measured."""

import sys
from pathlib import Path

import pytest

from tests.bench import limits
from tests.bench.cost import Cost
from tests.bench.run import measure, write_down
from tests.bench.served import served
from tests.bench.tab import Address, PageFailed, opened

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the bench reads clocks of other processes"
)

PAGES = {
    "bare": (Path(__file__).parent / "bare_page.py").read_text(encoding="utf-8"),
    "dear": "import streamlit as st\nst.text(sum(range(2_000_000)))\n",
    "broken": "raise ValueError('Rossi')\n",
    "troubled": "import streamlit as st\nst.error('Not possible now')\n",
    "closed": "import streamlit as st\nst.form('sign_in').text_input('Password', type='password')\n",
}
DASHBOARD = """
import streamlit as st
st.navigation([st.Page(f"{{name}}.py", url_path=name, default=name == "bare") for name in {names}]).run()
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    for name, text in PAGES.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    (folder / "dashboard.py").write_text(DASHBOARD.format(names=list(PAGES)), encoding="utf-8")
    app = folder / "app.py"
    app.write_text(
        (Path(__file__).parent / "bare_app.py").read_text().replace("bare_page", "dashboard"),
        encoding="utf-8",
    )
    with served(app, folder / "log") as running:
        yield running


def test_a_page_is_run_again_and_large_elements_come_once(server):
    with opened(Address(server.host, server.port, "")) as tab:
        sizes = {tab.run().size for _ in range(3)}
    assert max(sizes) < 3000


def test_a_dear_page_costs_more_units_than_the_bare_one(server):
    cost = measure("dear", 1.0, server, server, "")
    assert cost.units > 2
    assert cost.verdict == "TOO DEAR"


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("broken", "error"),
        ("troubled", "Not possible now"),
        ("closed", "password"),
        ("missing", "no page /missing"),
    ],
)
def test_a_page_that_fails_is_not_measured(server, page, told):
    with pytest.raises(PageFailed, match=told), opened(Address(server.host, server.port, page)):
        pass


@pytest.mark.parametrize(
    ("units", "verdict"), [(4.0, ""), (4.1, "over its limit"), (6.0, "over its limit"), (6.1, "TOO DEAR")]
)
def test_a_page_fails_beyond_one_and_a_half_times_its_limit(units, verdict):
    assert Cost("pairs", "matching", units, 4.0, 20.0, 25.0, 30.0, 80.0).verdict == verdict


def test_the_history_grows_by_one_line_a_page(tmp_path):
    cost = Cost("pairs", "matching", 2.0, 4.0, 20.0, 25.0, 30.0, 80.0)
    write_down([cost], tmp_path / "bench" / "history.csv")
    write_down([cost, cost], tmp_path / "bench" / "history.csv")
    lines = (tmp_path / "bench" / "history.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "when,commit,page,phase,units,limit,cpu_ms,p50_ms,p95_ms,kilobytes"
    assert [line.split(",")[2:5] for line in lines[1:]] == [["pairs", "matching", "2.0"]] * 3


def test_every_page_has_the_same_limit_but_the_exceptions():
    allowed = limits.read('usual = 4.0\n[exceptions."ranking"]\nunits = 4.5\nwhy = "14 columns"\n')
    assert [allowed.of(page) for page in ("", "ranking", "ballots")] == [4.0, 4.5, 4.0]


@pytest.mark.parametrize(
    "exception",
    [
        '"no-page"]\nunits = 4.5\nwhy = "14 columns"',
        '"ranking"]\nunits = 4.5',
        '"ranking"]\nunits = 3.5\nwhy = "14 columns"',
    ],
    ids=["no page", "no reason", "not dearer"],
)
def test_an_exception_is_a_page_that_is_dearer_for_a_reason(exception):
    with pytest.raises(ValueError, match="is no exception"):
        limits.read(f"usual = 4.0\n[exceptions.{exception}\n")


def test_the_limits_can_be_read():
    assert limits.read().usual == 4.0
