"""The appliance's code as syntax trees: which strings and texts are in it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
GENERATED = "appliance/language/english.py"


class Said(NamedTuple):
    """A call of `Text` with a literal key; `names` None where they are not all in sight."""

    place: str
    key: str
    names: frozenset[str] | None


def modules(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if name != GENERATED:
                yield name, _tree(path)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def texts() -> Iterator[Said]:
    for name, tree in modules("appliance"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text" and node.args:
                key = node.args[0]
                if isinstance(key, ast.Constant):
                    names = [keyword.arg for keyword in node.keywords]
                    known = None if None in names else frozenset(filter(None, names))
                    yield Said(f"{name}:{node.lineno}", str(key.value), known)


def strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every string but docstrings, what is logged, and what a wrong assumption of ours would say."""
    skipped = {id(each) for node in ast.walk(tree) if _for_developers(node) for each in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node


def templates() -> str:
    folders = ("appliance/panel/templates", "appliance/demo/templates")
    return "".join(
        path.read_text() for folder in folders for path in sorted((ROOT / folder).rglob("*")) if path.is_file()
    )


def scripts() -> Iterator[tuple[str, str]]:
    """The modules of the demo's page and of the room's own pages, without their comments."""
    folders = ("appliance/demo/static", "appliance/panel/static")
    for path in (path for folder in folders for path in sorted((ROOT / folder).glob("*.js"))):
        yield path.name, re.sub(r"^\s*(?://|/\*\*| \*).*$|(?<=[;,{ ])// .*$", "", path.read_text(), flags=re.MULTILINE)


def gaps(sentence: str | tuple[str, str]) -> frozenset[str]:
    return frozenset(re.findall(r"\{(\w+)\}", sentence if isinstance(sentence, str) else "".join(sentence)))


def _for_developers(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):  # docstrings, of constants too
        return True
    if isinstance(node, ast.Assert):
        return True
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "log"
