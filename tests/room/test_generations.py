"""Numbers that changed their meaning between two generations of terminals decide nothing in the room."""

import ast
from collections.abc import Iterator
from pathlib import Path

APPLIANCE = Path(__file__).parents[2] / "appliance"
FOLLOWING = ("room", "services", "display", "panel")
# of stopCalling, video layouts and participants; who does not import a type cannot know its members
FIELDS = {"side", "matrix_type", "role"}
OURS = {"network_sharing.py", "needs.py"}  # where a role is what [share] or [access] lets somebody do
TYPES = {"Side", "MatrixType", "FileDirection", "FileStatus", "LicenceType", "ConferenceRole"}


def decided(source: str) -> Iterator[str]:
    """What of these a module reads or imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in FIELDS:
            yield node.attr
        if isinstance(node, ast.ImportFrom):
            yield from (name.name for name in node.names if name.name in TYPES)


def test_no_module_that_follows_the_terminal_decides_by_such_a_number() -> None:
    modules = [path for package in FOLLOWING for path in (APPLIANCE / package).rglob("*.py") if path.name not in OURS]
    assert len(modules) > 90
    assert {str(path): found for path in modules if (found := [*decided(path.read_text())])} == {}
    assert [*decided("from x import Side\nby_us = event.side is Side.TERMINAL")] == ["Side", "side"]
