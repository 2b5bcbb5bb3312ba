"""Every file and every name that docs/architecture.md mentions exists."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text()
PATH = r"`((?:appliance|docs|drivers|image|scripts|systemd|tests)/[^`]*)`"
NAMED = re.compile(PATH + r"\s\(((?:`\w+`(?:,\s)?)+)\)")
"""A file, and behind it in brackets the names that are in it."""


def defined(path: Path) -> Iterator[str]:
    """What a module defines: functions, classes, methods, and what is assigned."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def test_files_exist() -> None:
    assert sorted(path for path in set(re.findall(PATH, PAGE)) if not (ROOT / path).exists()) == []


def test_names_exist() -> None:
    named = [(path, set(re.findall(r"\w+", names))) for path, names in NAMED.findall(PAGE)]
    assert [(path, gone) for path, names in named if (gone := names - set(defined(ROOT / path)))] == []


def test_the_page_names_enough_to_be_worth_checking() -> None:
    assert len(NAMED.findall(PAGE)) > 40
