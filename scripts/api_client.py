"""Writes `appliance/api/client/operations.py`: a method for each operation of the interface for programs.

`make docs` writes it, and a test compares.
"""

import re
import subprocess
import sys
import textwrap
import typing
from collections.abc import Iterator
from pathlib import Path

from appliance.api.operations import OPERATIONS
from appliance.api.table.operation import Operation

ROOT = Path(__file__).parent.parent
PLACE = ROOT / "appliance" / "api" / "client" / "operations.py"
HEADER = '''"""Every operation of the interface as a method.

Written by scripts/api_client.py from the table in appliance/api/operations.py.
"""

'''
NOT_GIVEN = {"If-None-Match", "Last-Event-ID"}  # of who keeps a view; and `after`
STREAM = "text/event-stream"


def generated() -> dict[Path, str]:
    """The text of the module by its path."""
    methods = "\n".join(map(_method, OPERATIONS))
    kinds = {kind for each in OPERATIONS for whole in (each.answers, each.asks) for kind in _classes(whole)}
    answers = {_written(each.answers) for each in OPERATIONS}
    imports = "from typing import Any\n\n" if any("Any" in each for each in answers) else ""
    imports += "".join(f"from {kind.__module__} import {kind.__name__}\n" for kind in sorted(kinds, key=str))
    return {
        PLACE: _formatted(
            f"{HEADER}from collections.abc import Callable\n\n{imports}"
            "from appliance.api.client.connection import Connection\n"
            "from appliance.api.client.items import Told\n\n\n"
            'class Operations:\n    """All of them. Each raises `RemoteError`."""\n\n'
            "    def __init__(self, connection: Connection) -> None:\n"
            f"        self._connection = connection\n\n{methods}"
        )
    }


def name_of(operation: Operation) -> str:
    """What an operation is called in Python: `getView` is `view`, `postAction` is `post_action`."""
    words = re.sub(r"(?=[A-Z])", "_", operation.name).lower()
    return words.removeprefix("get_")


def _method(operation: Operation) -> str:
    role = "Needs no role." if operation.role is None else f"Needs the role `{operation.role.word}`."
    about = f"{operation.summary}.\n\n{operation.method} {operation.path}. {role}"
    doc = textwrap.indent(f'"""{about}\n"""\n', " " * 8)
    if operation.media_types == (STREAM,):
        return (
            f"    async def {name_of(operation)}(\n"
            "        self, hear: Callable[[Told], None], after: str | None = None\n    ) -> None:\n"
            f'{doc}        await self._connection.follow("{operation.path}", hear, after)\n'
        )
    answers = "str" if operation.answers is None else _written(operation.answers)
    headers = {header.name: _argument(header.name) for header in operation.headers if header.name not in NOT_GIVEN}
    needed = [_argument(each.name) for each in operation.headers if each.required]
    given = [f"{name}: str" + ("" if name in needed else " | None = None") for name in headers.values()]
    given += [f"{each.name}: {_plain(each.kind)} | None = None" for each in operation.query]
    parameters = ["self", *([f"ask: {_written(operation.asks)}"] if operation.asks else [])]
    parameters += ["*", *given] if given else []
    more = ", body=ask" if operation.asks else ""
    more += _said("headers", headers) + _said("query", {each.name: each.name for each in operation.query})
    more += f", within={operation.within}" if operation.within else ""
    call = f'self._connection.ask("{operation.method}", "{operation.path}", {answers}{more})'
    return (
        f"    async def {name_of(operation)}({', '.join(parameters)}) -> {answers}:\n{doc}        return await {call}\n"
    )


def _said(what: str, arguments: dict[str, str]) -> str:
    """An argument that is a mapping of names to arguments of the method."""
    inside = ", ".join(f'"{name}": {argument}' for name, argument in arguments.items())
    return f", {what}={{{inside}}}" if arguments else ""


def _plain(kind: object) -> str:
    """An annotation without what msgspec is told beside it."""
    return _written(typing.get_args(kind)[0] if hasattr(kind, "__metadata__") else kind)


def _argument(header: str) -> str:
    return header.lower().replace("-", "_")


def _classes(kind: object) -> Iterator[type]:
    """The classes that an annotation mentions, but for those that need no import."""
    for part in (kind, *typing.get_args(kind)):
        if isinstance(part, type) and part.__module__ != "builtins":
            yield part


def _written(kind: object) -> str:
    """An annotation as it is written."""
    if isinstance(kind, type):
        return kind.__name__
    return re.sub(r"[\w.]+\.(?=\w)", "", str(kind))


def _formatted(source: str) -> str:
    for arguments in (["check", "--select", "I", "--fix", "--quiet", "-"], ["format", "--quiet", "-"]):
        done = subprocess.run(  # noqa: S603  # our own formatter
            [Path(sys.executable).parent / "ruff", *arguments, f"--stdin-filename={PLACE.relative_to(ROOT)}"],
            input=source,
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        source = done.stdout
    return source
