"""The rules of this house that no linter knows: each takes the root folder and yields what breaks it."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CORE_LINES, CORE_MEDIAN, PAGE_LINES, APP_LINES, FUNCTION_LINES = 300, 90, 150, 60, 40
VAGUE_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "base"}
NOT_PAGES = {"door", "shared", "participants"}  # folders of pages/ that hold no page of the navigation
PAGES_OWN_FOLDERS = NOT_PAGES | {"home"}
TESTS_OWN_FOLDERS = {"door", "participants", "adapters", "attacks", "bench", "browser", "faults"}
QUERIES = {"select", "insert", "text", "exec", "execute"}
CLOCK = {"now", "utcnow", "today", "time_ns"}
FIRST_LINES = 20

Function = ast.FunctionDef | ast.AsyncFunctionDef


def core_files_are_short(root: Path) -> Iterator[str]:
    """No core file is over 300 lines, the median at most 90."""
    sizes = {path: _lines(path) for path in _files(root, "core") if path.name != "__init__.py"}
    for path, size in sizes.items():
        if size > CORE_LINES:
            yield f"{_name(root, path)}: {size} lines; at most {CORE_LINES}: make it a folder"
    if sizes and (middle := median(sizes.values())) > CORE_MEDIAN:
        yield f"core: the median file has {middle} lines; at most {CORE_MEDIAN}"


def pages_are_short(root: Path) -> Iterator[str]:
    """No file of pages/ is over 150 lines, and app.py not over 60."""
    limits = dict.fromkeys(_files(root, "pages"), PAGE_LINES) | dict.fromkeys(root.glob("app.py"), APP_LINES)
    for path, limit in limits.items():
        if (size := _lines(path)) > limit:
            yield f"{_name(root, path)}: {size} lines; at most {limit}"


def functions_are_short(root: Path) -> Iterator[str]:
    """No function is over 40 lines, its docstring not counted."""
    for path in _product(root):
        for function in _functions(_tree(path)):
            told = function.body[0] if ast.get_docstring(function, clean=False) is not None else None
            docstring = _span(told) if told else 0
            if (size := _span(function) - docstring) > FUNCTION_LINES:
                where = f"{_name(root, path)}:{function.lineno}"
                yield f"{where}: {function.name} has {size} lines; at most {FUNCTION_LINES}"


def names_say_what_is_inside(root: Path) -> Iterator[str]:
    """No file or folder is called utils, helpers, common, misc or base."""
    for folder in ("core", "pages", "tests"):
        for path in _files(root, folder):
            inside = path.relative_to(root).with_suffix("").parts
            if vague := VAGUE_NAMES.intersection(inside):
                yield f"{_name(root, path)}: call it by what it does, not {vague.pop()}"


def core_folders_are_packages(root: Path) -> Iterator[str]:
    """Every folder of core/ has an __init__.py: the import contracts overlook one that has none."""
    for folder in sorted({path.parent for path in _files(root, "core")}):
        if folder.name != "migrations" and not (folder / "__init__.py").exists():
            yield f"{_name(root, folder)}: add an __init__.py"


def public_functions_say_what_they_do(root: Path) -> Iterator[str]:
    """Every public function and method of core/ and pages/ has a docstring."""
    for path in [*_files(root, "core"), *_files(root, "pages")]:
        for owner in [_tree(path), *(node for node in _tree(path).body if _public_class(node))]:
            for node in owner.body:
                if _public_function(node) and ast.get_docstring(node) is None:
                    yield f"{_name(root, path)}:{node.lineno}: {node.name} lacks a docstring"


def pages_ask_who_is_there_first(root: Path) -> Iterator[str]:
    """Every page says what it answers, then calls require_staff, then anything of Streamlit."""
    for path in _pages(root):
        tree = _tree(path)
        if ast.get_docstring(tree) is None:
            yield f"{_name(root, path)}: begin with a docstring, the question that this page answers"
        guard = next((node.lineno for node in tree.body if _is_guard(node)), None)
        if guard is None:
            yield f"{_name(root, path)}: staff = require_staff(...) must stand outside of any block"
            continue
        early = [node.lineno for node in ast.walk(tree) if _is_streamlit(node) and node.lineno < guard]
        if early:
            yield f"{_name(root, path)}:{min(early)}: nothing of Streamlit before line {guard}, require_staff"


def only_the_dashboard_stands_in_pages(root: Path) -> Iterator[str]:
    """Directly in pages/ there is dashboard.py and no other script: Streamlit would serve it unguarded."""
    for path in (root / "pages").glob("*.py"):
        if path.name not in {"dashboard.py", "__init__.py"}:
            yield f"{_name(root, path)}: move it into the folder of its phase"


def pages_hold_no_sql(root: Path) -> Iterator[str]:
    """Nothing in pages/ queries the store by itself."""
    for path in _files(root, "pages"):
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.ImportFrom | ast.Import) and _imports_database(node):
                yield f"{_name(root, path)}:{node.lineno}: a page asks core's queries and knows no database"
            if isinstance(node, ast.Call) and _called(node) in QUERIES and not _of_streamlit(node.func):
                yield f"{_name(root, path)}:{node.lineno}: SQL belongs into core ({_called(node)})"


def pages_do_not_catch(root: Path) -> Iterator[str]:
    """Pages and their parts hold no try and no suppress: refusals are shown in one place."""
    for path in [*_pages(root), *_parts(root), *(root / "pages").glob("dashboard.py")]:
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Try | ast.TryStar):
                yield f"{_name(root, path)}:{node.lineno}: no try in a page: `acting` shows refusals"
            if isinstance(node, ast.Call) and _called(node) == "suppress":
                yield f"{_name(root, path)}:{node.lineno}: no suppress in a page: `acting` shows refusals"


def pages_hold_no_html(root: Path) -> Iterator[str]:
    """Nothing in pages/ sends HTML through Streamlit's markdown."""
    for path in _files(root, "pages"):
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html":
                yield f"{_name(root, path)}:{node.lineno}: no unsafe_allow_html"


def page_names_are_unique(root: Path) -> Iterator[str]:
    """No two pages share a file name: Streamlit confuses them."""
    counted = Counter(path.name for path in _phase_files(root))
    for name, times in counted.items():
        if times > 1:
            yield f"pages: {times} files are called {name}"


def phases_have_one_name(root: Path) -> Iterator[str]:
    """core/, pages/ and tests/ use the phases' names for their folders, and no others than those listed."""
    known = set(_layers(root))
    for folder, own in (("core", {"migrations"}), ("pages", PAGES_OWN_FOLDERS), ("tests", TESTS_OWN_FOLDERS)):
        for name in sorted({path.relative_to(root).parts[1] for path in _files(root, folder)}):
            if not name.endswith(".py") and name not in known | own:
                yield f"{folder}/{name}: no phase has this name (the layers in pyproject.toml)"


def the_layers_follow_the_calendar(root: Path) -> Iterator[str]:
    """core.PHASES and the import contract name the phases in the same order."""
    if (phases := _phases(root)) is None:
        yield "core/__init__.py: PHASES is missing"
        return
    layers = list(reversed(_layers(root)))
    for name in phases:
        if name not in layers:
            yield f"pyproject.toml: the phase {name} is no layer of the import contract"
    if (ordered := [name for name in layers if name in phases]) != [name for name in phases if name in layers]:
        yield f"core.PHASES has another order than the import contract: {', '.join(ordered)}"


def tables_hold_no_relationship(root: Path) -> Iterator[str]:
    """No Relationship(): saving a file would break the running server."""
    yield from _calls(root, ["core"], {"Relationship"}, "no Relationship: read the other table by its key")


def nobody_prints(root: Path) -> Iterator[str]:
    """Neither core/ nor pages/ print, but for what is run as a command."""
    yield from _calls(root, ["core", "pages"], {"print"}, "no print: show it or log it")


def rules_read_no_clock(root: Path) -> Iterator[str]:
    """Rules are told the day."""
    for path in _files(root, "core"):
        if "rules" in path.relative_to(root).with_suffix("").parts:
            for line in _clock_readings(_tree(path)):
                yield f"{_name(root, path)}:{line}: rules are told the day and the moment"


def one_module_reads_the_clock(root: Path) -> Iterator[str]:
    """At most one module asks the system for the time; all others ask that module."""
    readers = [path for path in _product(root) if path.name != "start.py" and _clock_readings(_tree(path))]
    if len(readers) > 1:
        yield "more than one module reads the clock: " + ", ".join(_name(root, path) for path in readers)


def exemptions_give_their_reason(root: Path) -> Iterator[str]:
    """Who silences a checker says which rule and why, in the same line."""
    for path in _product(root):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            silenced = re.search(r"#\s*(noqa|type:\s*ignore|pyright:\s*ignore)(.*)", line)
            if silenced and not re.fullmatch(
                r"(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|\[[\w-]+(,\s*[\w-]+)*\])\s+\W*\w.*", silenced[2]
            ):
                yield f"{_name(root, path)}:{number}: name the rule and give the reason beside it"


def the_readme_begins_with_the_command(root: Path) -> Iterator[str]:
    """README.md says how to start within its first 20 lines."""
    if "python3 start.py" not in "\n".join(_readme(root).splitlines()[:FIRST_LINES]):
        yield f"README.md: `python3 start.py` must stand in the first {FIRST_LINES} lines"


def the_readme_names_each_dependency(root: Path) -> Iterator[str]:
    """Every direct dependency has a line in README.md that gives the reason for it."""
    for file in ("requirements.in", "requirements-dev.in"):
        for name in _direct(root / file):
            if not re.search(rf"^\| `{re.escape(name)}` \| \S", _readme(root), re.MULTILINE):
                yield f"README.md: say in the table of dependencies why `{name}` is needed"


def the_readme_names_each_page(root: Path) -> Iterator[str]:
    """Every page has a line in the table of pages in README.md."""
    for path in _pages(root):
        if f"`{path.relative_to(root / 'pages').as_posix()}`" not in _readme(root):
            yield f"README.md: the table of pages lacks `{path.relative_to(root / 'pages').as_posix()}`"


def the_locks_are_complete(root: Path) -> Iterator[str]:
    """Each lock holds the direct versions, a hash for each package, and no address of an index."""
    for source in ("requirements.in", "requirements-dev.in"):
        lock = root / source.replace(".in", ".txt")
        locked = lock.read_text(encoding="utf-8") if lock.exists() else ""
        for name, version in _direct(root / source).items():
            if not re.search(rf"^{re.escape(name)}=={re.escape(version)}[ ;]", locked, re.MULTILINE):
                yield f"{lock.name}: {name} {version} is missing: compile it again"
        for entry in re.findall(r"^[a-z].*(?:\n    .*)*", locked, re.MULTILINE):
            if "--hash=sha256:" not in entry:
                yield f"{lock.name}: no hash for {entry.split()[0]}"
        if "://" in locked or "index" in locked:
            yield f"{lock.name}: holds the address of an index"


# ---- how the tree is read


def _files(root: Path, folder: str) -> list[Path]:
    """The Python files of a folder; the steps of migrations/ are written by Alembic and kept as they are."""
    return [path for path in sorted((root / folder).rglob("*.py")) if path.parent.name != "versions"]


def _product(root: Path) -> list[Path]:
    return [*_files(root, "core"), *_files(root, "pages"), *root.glob("app.py"), *root.glob("start.py")]


def _pages(root: Path) -> list[Path]:
    return [path for path in _phase_files(root) if not path.name.startswith("parts_")]


def _parts(root: Path) -> list[Path]:
    return [path for path in _phase_files(root) if path.name.startswith("parts_")]


def _phase_files(root: Path) -> list[Path]:
    folders = [folder for folder in (root / "pages").glob("*/") if folder.name not in NOT_PAGES]
    inside = [path for folder in sorted(folders) for path in _files(root, f"pages/{folder.name}")]
    return [path for path in inside if path.name != "__init__.py"]


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _span(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _functions(tree: ast.AST) -> Iterator[Function]:
    yield from (node for node in ast.walk(tree) if isinstance(node, Function))


def _public_class(node: ast.stmt) -> bool:
    return isinstance(node, ast.ClassDef) and not node.name.startswith("_")


def _public_function(node: ast.stmt) -> TypeGuard[Function]:
    if not isinstance(node, Function) or node.name.startswith("_"):
        return False
    marks = {mark.id for mark in node.decorator_list if isinstance(mark, ast.Name)}
    return not marks & {"overload", "override"}


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _calls(root: Path, folders: list[str], names: set[str], told: str) -> Iterator[str]:
    for path in [path for folder in folders for path in _files(root, folder)]:
        for node in [node for part in _tree(path).body if not _is_command(part) for node in ast.walk(part)]:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield f"{_name(root, path)}:{node.lineno}: {told}"


def _is_command(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"


def _is_guard(node: ast.stmt) -> bool:
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign | ast.Expr) else None
    return isinstance(value, ast.Call) and _called(value) == "require_staff"


def _is_streamlit(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "st"


def _of_streamlit(node: ast.AST) -> bool:
    """Whether the name begins with st, as in st.text and st.sidebar.text."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id == "st"


def _imports_database(node: ast.Import | ast.ImportFrom) -> bool:
    """Whether more of the database's libraries is imported than the type of the session."""
    names = {alias.name for alias in node.names}
    modules = {node.module or ""} if isinstance(node, ast.ImportFrom) else names
    return bool({"sqlmodel", "sqlalchemy"} & {name.split(".")[0] for name in modules}) and names != {"Session"}


def _clock_readings(tree: ast.Module) -> list[int]:
    """The lines that name the clock of datetime or time."""
    libraries = {"datetime", "date", "dt", "time", "pd", "Timestamp"}
    taken = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module == "time"
        and {"time", "time_ns"} & {n.name for n in node.names}
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (node.attr in CLOCK or node.attr == "time"):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if owner in libraries and (node.attr != "time" or owner == "time"):
                taken.append(node.lineno)
    return sorted(taken)


def _layers(root: Path) -> list[str]:
    """The layers of core in the import contract, latest phase first."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    named = next(contract["layers"] for contract in contracts if contract.get("containers") == ["core"])
    return [layer.strip("()") for layer in named]


def _phases(root: Path) -> tuple[str, ...] | None:
    """core.PHASES, read without importing."""
    file = root / "core/__init__.py"
    for node in _tree(file).body if file.exists() else []:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            names = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(name, ast.Name) and name.id == "PHASES" for name in names):
                return tuple(ast.literal_eval(node.value))
    return None


def _readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8") if (root / "README.md").exists() else ""


def _direct(file: Path) -> dict[str, str]:
    """Names and versions in a list of direct dependencies."""
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[a-z]+\])?==([\w.]+)", text, re.MULTILINE))
