"""What messages say of themselves, for help on the command line, docstrings of the client and documentation."""

import inspect
import re
import types
import typing
from typing import Any

import msgspec

from appliance.terminal.client.catalogue import CATALOGUE, Entry, Group
from appliance.terminal.client.permissions import INFERRED, STATED
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.every import COMMANDS
from appliance.terminal.messages.newer import sureness

FIELD = re.compile(r"(?m)^(\w+): ((?:.|\n  )*)")
# what fields of these names mean wherever nothing else is said
GLOSSARY = {
    "app_state": "What the terminal is doing.",
    "call_id": "The participant.",
    "conf_id": "The call or conference, as the server numbers it.",
    "conf_title": "The title of a group conference.",
    "conf_type": "The kind of call or conference.",
    "container": "The name that the data are kept under.",
    "count": "How many, at most.",
    "credentials": "PIN, password or token.",
    "error": "What the terminal said when it refused.",
    "file_id": "A file on the terminal's HTTP server.",
    "group_id": "The group, as `getGroups` numbers it.",
    "mute": "True: muted.",
    "owner": "Who owns the group conference: a TrueConf ID.",
    "peer_id": "A TrueConf ID.",
    "peer_name": "The name to show.",
    "pos": "In the units and the range of `getPtzControls`.",
    "preset_id": "The preset.",
    "request_id": "The id of the request; empty where it had none.",
    "result": "True: accepted. The outcome may come as an event.",
}


class Field(msgspec.Struct, frozen=True):
    """A field: its name here, on the wire, its type, and what it means (empty where the name says it)."""

    name: str
    wire: str
    kind: Any
    required: bool
    about: str


def newer(message: str) -> str:
    """Returns how sure a command or event of newer terminals is; empty for one of the manual."""
    found = sureness.of_command(message) or sureness.of_event(message)
    return f"{str(found)[0].upper()}{str(found)[1:]}." if found else ""


def about_field(message: str, field: Field) -> str:
    """Returns what a field of a message means, and how sure it is where only newer terminals have it."""
    found = sureness.of_field(message, field.wire)
    return " ".join(part for part in (field.about, f"({found})" if found else "") if part)


def summary(kind: type[Any]) -> str:
    """Returns what a type is, without its fields."""
    return FIELD.split(inspect.cleandoc(kind.__doc__ or ""))[0].strip()


def fields(kind: type[msgspec.Struct]) -> tuple[Field, ...]:
    """Returns the fields of a message or of a part of one."""
    told = {name: " ".join(about.split()) for name, about in FIELD.findall(inspect.cleandoc(kind.__doc__ or ""))}
    return tuple(
        Field(field.name, field.encode_name, field.type, field.required, told.get(field.name) or _common(field.name))
        for field in msgspec.structs.fields(kind)
    )


def account(method: str) -> str:
    """Returns which account may use a command."""
    if method in STATED:
        return "administrator"
    return "administrator (inferred: the manual does not say)" if method in INFERRED else "administrator and user"


def find(method: str) -> tuple[Group, Entry, type[Command]] | None:
    """Returns a command by its wire name, in any case; None if there is no such command."""
    for group in CATALOGUE:
        for entry in group.commands:
            if entry.method.lower() == method.lower():
                return group, entry, COMMANDS[entry.method]
    return None


def type_text(kind: Any) -> str:  # noqa: ANN401  # any type that a message has
    """Returns a type as Python writes it."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return " | ".join(type_text(one) for one in inner)
    if origin is typing.Literal:
        return f"Literal[{', '.join(repr(one).replace(chr(39), chr(34)) for one in inner)}]"
    if origin is not None:
        return f"{origin.__name__}[{', '.join(type_text(one) for one in inner)}]"
    if kind is Ellipsis:
        return "..."
    if kind is types.NoneType:
        return "None"
    return str(getattr(kind, "__name__", kind))


def is_text(kind: Any) -> bool:  # noqa: ANN401  # any type that a message has
    """Whether a field takes text (a file's id may be text)."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType, typing.Literal):
        return any(is_text(one) for one in typing.get_args(kind))
    return isinstance(kind, str) or (isinstance(kind, type) and issubclass(kind, str))


def help_text(method: str) -> str:
    """Returns the help for a command at the command line; raises `KeyError` for an unknown one."""
    found = find(method)
    if found is None:
        raise KeyError(method)
    group, entry, kind = found
    lines = [f"{entry.method}: {summary(kind)}", "", f"Account: {account(entry.method)}"]
    lines += [f"Newer: {newer(entry.method)}"] if newer(entry.method) else []
    lines += [f"In a program: client.{group.name}.{entry.name}(...)"]
    lines += ["", "Parameters:" if fields(kind) else "No parameters.", *_lines(kind, required_marked=True)]
    lines += ["", "Reply:", *_lines(kind.reply, required_marked=False)]
    if entry.follows:
        lines += ["", f"Events that may follow: {', '.join(entry.follows)}"]
    return "\n".join(lines)


def _lines(kind: type[msgspec.Struct], *, required_marked: bool) -> list[str]:
    return [_line(field, required_marked=required_marked) for field in fields(kind)]


def _line(field: Field, *, required_marked: bool) -> str:
    needed = "" if field.required or not required_marked else " (may be left out)"
    return f"  {field.wire}  {wire_type(field.kind)}{needed}  {field.about}".rstrip()


def wire_type(kind: Any) -> str:  # noqa: ANN401  # any type that a message has
    """Returns the JSON type in a word or two; for numbers with names, both."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(wire_type(one) for one in inner if one not in (types.NoneType, msgspec.UnsetType))
    if origin is typing.Literal:
        return " or ".join(f'"{one}"' for one in inner)
    if origin is tuple:
        return f"list of {wire_type(inner[0])}"
    if origin is dict or (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        return "object"
    if isinstance(kind, type) and issubclass(kind, int) and hasattr(kind, "__members__"):
        return ", ".join(f"{member.value} {name.lower()}" for name, member in kind.__members__.items())
    if isinstance(kind, type) and issubclass(kind, str) and hasattr(kind, "__members__"):
        return " or ".join(f'"{member}"' for member in kind.__members__.values())
    return {str: "text", int: "number", float: "number", bool: "true or false"}.get(kind, "anything")


def _common(name: str) -> str:
    return GLOSSARY.get(name, "")
