"""Writes the modules of `appliance/terminal/client/` that have a method for each command, one module for each group.

And `appliance/terminal/blocking/groups.py`, which has all of them for scripts that wait.

`make docs` writes them, and a test compares.
"""

import re
import subprocess
import sys
import textwrap
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from appliance.terminal.client import explain
from appliance.terminal.client.catalogue import CATALOGUE, Entry, Group
from appliance.terminal.client.permissions import ADMINISTRATOR_ONLY
from appliance.terminal.messages import Reply
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.every import COMMANDS

PACKAGE = Path(__file__).parent.parent / "appliance" / "terminal" / "client"
HEADER = '"""{about}\n\nWritten by scripts/client.py from the message types and the catalogue.\n"""\n\n'
WIDTH = 108  # of the text of a docstring
RENAMED = {"type": "kind"}  # parameters that would hide a builtin


def generated() -> dict[Path, str]:
    """The text of each module by its path."""
    modules = {_path(group): _formatted(_module(group)) for group in CATALOGUE}
    return modules | {PACKAGE.parent / "blocking" / "groups.py": _formatted(_blocking())}


def _path(group: Group) -> Path:
    return (PACKAGE / "newer" if group.newer else PACKAGE) / f"{group.name}.py"


def _blocking() -> str:
    names = {class_name(group): group.name for group in CATALOGUE}
    places = {class_name(group): f"newer.{group.name}" if group.newer else group.name for group in CATALOGUE}
    imports = "".join(f"from appliance.terminal.client.{place} import {kind}\n" for kind, place in places.items())
    about = "Every command of the client as a function that waits, by group."
    kinds = "\n\n".join(_blocking_group(group) for group in CATALOGUE)
    groups = "".join(f"        self.{name} = Blocking{kind}(client.{name}, loop)\n" for kind, name in names.items())
    return (
        f"{HEADER.format(about=about)}from appliance.terminal.blocking.loop import Loop\n{imports}"
        f"from appliance.terminal.client.client import Client\n\n\n{kinds}\n\n"
        f'class Commands:\n    """{about}"""\n\n'
        f"    def __init__(self, client: Client, loop: Loop) -> None:\n{groups}"
    )


def _blocking_group(group: Group) -> str:
    commands = "".join(f"        self.{entry.name} = loop.blocking(group.{entry.name})\n" for entry in group.commands)
    kind = class_name(group)
    return (
        f'class Blocking{kind}:\n    """{group.about}"""\n\n'
        f"    def __init__(self, group: {kind}, loop: Loop) -> None:\n{commands}"
    )


def _module(group: Group) -> str:
    methods = "".join(_method(entry, COMMANDS[entry.method]) for entry in group.commands)
    name = class_name(group)
    body = f'class {name}(CommandGroup):\n    """{group.about}"""\n{methods}'
    return HEADER.format(about=group.about) + "".join(f"{line}\n" for line in _imports(group, body)) + "\n\n" + body


def class_name(group: Group) -> str:
    """The class of a group: `far_end` is `FarEnd`."""
    return "".join(word.title() for word in group.name.split("_"))


def _imports(group: Group, body: str) -> Iterator[str]:
    code = re.sub(r'""".*?"""', "", body, flags=re.DOTALL)
    if needed := [name for name in ("Any", "Literal") if re.search(rf"\b{name}\b", code)]:
        yield f"from typing import {', '.join(needed)}\n"
    if "msgspec." in code:
        yield "import msgspec\n"
    yield "from appliance.terminal.client.group import CommandGroup"
    places = {"Reply": "appliance.terminal.messages.base"}
    for entry in group.commands:
        kind = COMMANDS[entry.method]
        for used in (kind, kind.reply, *_contained(kind)):
            places.setdefault(used.__name__, used.__module__)
    for module in sorted(set(places.values())):
        names = sorted(n for n, where in places.items() if where == module and re.search(rf"\b{n}\b", code))
        if names:
            yield f"from {module} import {', '.join(names)}"


def _contained(kind: type[Command]) -> Iterator[type]:
    """The enumerations and objects that the parameters of a command are."""
    for field in explain.fields(kind):
        for part in (field.kind, *typing.get_args(field.kind)):
            if isinstance(part, type) and (hasattr(part, "__members__") or issubclass(part, msgspec.Struct)):
                yield part


def _method(entry: Entry, kind: type[Command]) -> str:
    gives = "None" if kind.reply is Reply else kind.reply.__name__
    fields = explain.fields(kind)
    passed = ", ".join(f"{field.name}={_parameter(field)}" for field in fields)
    call = f"await self._ask({kind.__name__}({passed}), {kind.reply.__name__})"
    return (
        f"\n    async def {entry.name}({', '.join(_parameters(fields))}) -> {gives}:\n"
        f"{textwrap.indent(_docstring(entry, kind), ' ' * 8)}"
        f"        {'' if gives == 'None' else 'return '}{call}\n"
    )


def _parameters(fields: tuple[explain.Field, ...]) -> Iterator[str]:
    """What is needed goes by position, booleans and what may be left out by name."""
    yield "self"
    by_position = [field for field in fields if field.required and field.kind is not bool]
    by_name = [field for field in fields if field not in by_position]
    yield from (f"{_parameter(field)}: {_annotation(field.kind)}" for field in by_position)
    if by_name:
        yield "*"
    for field in by_name:
        default = "" if field.required else " = msgspec.UNSET"
        yield f"{_parameter(field)}: {_annotation(field.kind)}{default}"


def _parameter(field: explain.Field) -> str:
    return RENAMED.get(field.name, field.name)


def _annotation(kind: Any) -> str:  # noqa: ANN401  # any type that a message has
    return explain.type_text(kind).replace("UnsetType", "msgspec.UnsetType")


def _docstring(entry: Entry, kind: type[Command]) -> str:
    paragraphs = [*explain.summary(kind).split("\n\n"), "\n".join(_about_fields(kind)), _about_use(entry, kind)]
    text = "\n\n".join(_wrapped(paragraph) for paragraph in paragraphs if paragraph)
    return f'{"r" if chr(92) in text else ""}"""{text}\n"""\n'


def _wrapped(paragraph: str) -> str:
    """Each field on lines of its own, anything else as running text."""
    if re.match(r"`\w+`: ", paragraph):
        wrapped = (textwrap.wrap(line, WIDTH, subsequent_indent="  ") for line in paragraph.split("\n"))
        return "\n".join(line for lines in wrapped for line in lines)
    return textwrap.fill(" ".join(paragraph.split()), WIDTH)


def _about_fields(kind: type[Command]) -> Iterator[str]:
    for field in explain.fields(kind):
        if field.about:
            yield f"`{_parameter(field)}`: {field.about}"


def _about_use(entry: Entry, kind: type[Command]) -> str:
    follows = f" May be followed by: {', '.join(entry.follows)}." if entry.follows else ""
    errors = ["Refused", "Timeout", "LinkLost", "Busy"]
    errors += ["UnexpectedReply"] if kind.reply is not Reply else []
    errors += ["NotPermitted"] if entry.method in ADMINISTRATOR_ONLY else []
    raised = ", ".join(f"`{error}`" for error in errors)
    newer = f" {explain.newer(entry.method)}" if explain.newer(entry.method) else ""
    return f"Method `{entry.method}`; for {explain.account(entry.method)}.{newer}{follows} Raises {raised}."


def _formatted(source: str) -> str:
    for arguments in (["check", "--select", "I", "--fix", "--quiet", "-"], ["format", "--quiet", "-"]):
        name = "--stdin-filename=appliance/terminal/client/group.py"
        done = subprocess.run(  # noqa: S603  # our own formatter
            [Path(sys.executable).parent / "ruff", *arguments, name],
            input=source,
            capture_output=True,
            text=True,
            check=True,
            cwd=PACKAGE.parents[2],
        )
        source = done.stdout
    return source


def main() -> None:
    """Writes every module."""
    for path, text in generated().items():
        path.write_text(text)


if __name__ == "__main__":
    main()
