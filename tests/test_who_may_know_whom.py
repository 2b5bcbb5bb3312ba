"""Holds the code to the rules of the house (`tests/house.py`)."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.house import DOES_IO, HOUSE, NO_IO, ONLY_KNOWN_BY

ROOT = Path(__file__).parent.parent


def modules() -> Iterator[tuple[str, Path]]:
    for package in ("appliance", "drivers"):
        for path in sorted((ROOT / package).rglob("*.py")):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path


def imports(tree: ast.Module) -> Iterator[str]:
    """Every imported name, those for types alone and those inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def room_of(name: str) -> str | None:
    matching = [room for room in HOUSE if within(name, room)]
    return max(matching, key=len) if matching else None


@cache
def imported_by(name: str) -> frozenset[str]:
    return frozenset(imports(ast.parse(MODULES[name].read_text())))


MODULES = dict(modules())
PACKAGES = {name.rpartition(".")[0] for name in MODULES} & MODULES.keys()
TOP = {"appliance", "drivers"}  # say what they hold, and import nothing


def known_by(name: str) -> set[str]:
    """The modules of this project that a module imports (not names inside one, nor packages on the way to one)."""
    return {known for known in imported_by(name) if known in MODULES and known not in TOP}


def allowed(known: str, room: str) -> bool:
    may = (room, *HOUSE[room].knows)
    on_the_way = known in PACKAGES and any(each.startswith(known + ".") for each in may)
    return on_the_way or any(within(known, each) for each in may)


def test_every_rule_is_for_something_that_exists() -> None:
    named = {*HOUSE, *NO_IO, *ONLY_KNOWN_BY}
    named |= {known for room in HOUSE.values() for known in room.knows}
    named |= {knower for knowers in ONLY_KNOWN_BY.values() for knower in knowers}
    assert not sorted(named - set(MODULES))


def test_every_module_has_a_room() -> None:
    assert [name for name in MODULES if name not in TOP and room_of(name) is None] == []


def test_a_module_imports_only_what_its_room_may_know() -> None:
    rooms = {name: room for name in sorted(set(MODULES) - TOP) if (room := room_of(name)) is not None}
    wrong = {name: [known for known in known_by(name) if not allowed(known, room)] for name, room in rooms.items()}
    assert {name: sorted(known) for name, known in wrong.items() if known} == {}, "may not know these"


def test_protocol_room_and_pages_do_no_io_and_have_no_clock() -> None:
    names = [name for name in MODULES if any(within(name, package) for package in NO_IO)]
    assert len(names) > 300
    does = {name: {known.split(".")[0] for known in imported_by(name)} & DOES_IO for name in names}
    assert {name: how for name, how in does.items() if how} == {}


@pytest.mark.parametrize("room", ONLY_KNOWN_BY)
def test_the_top_of_the_house_is_known_only_from_above(room: str) -> None:
    above = (room, *ONLY_KNOWN_BY[room])
    below = [name for name in MODULES if not any(within(name, each) for each in above)]
    assert not [name for name in below if any(within(known, room) for known in known_by(name))]


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Groups of names that know each other (Tarjan's algorithm); `graph`: each name, and those that it knows."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for known in sorted(graph[name]):
            if known not in index:
                visit(known)
                low[name] = min(low[name], low[known])
            elif known in stack:
                low[name] = min(low[name], index[known])
        if low[name] == index[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1:
                found.append(sorted(group))

    for name in sorted(graph):
        if name not in index:
            visit(name)
    return found


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Neither at run time nor for types alone."""
    assert circles({name: known_by(name) - PACKAGES for name in set(MODULES) - PACKAGES}) == []


def test_no_folders_of_the_services_know_each_other_in_a_circle() -> None:
    modules = [name for name in set(MODULES) - PACKAGES if within(name, "appliance.services")]
    graph: dict[str, set[str]] = {name.rpartition(".")[0]: set() for name in modules}
    for name in modules:
        folder = name.rpartition(".")[0]
        graph[folder] |= {known.rpartition(".")[0] for known in known_by(name) & {*modules}} - {folder}
    assert circles(graph) == []


def test_the_rules_would_notice() -> None:
    known = set(imports(ast.parse("from appliance.room import state\nimport drivers.gpio")))
    assert "appliance.room.state" in known
    assert not allowed("appliance.room.state", "drivers")
