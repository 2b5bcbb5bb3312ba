"""What every message has: the shapes of commands, replies and events, and the register of their wire names."""

from typing import Any, ClassVar, TypeVar

import msgspec


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """A JSON object of the interface: Python names inside, camelCase on the wire."""


class Reply(Wire, frozen=True, kw_only=True):
    """What every reply says; `result` true means accepted, not done."""

    result: bool = False
    request_id: str = ""
    error: str = ""


class Command(Wire, frozen=True, kw_only=True):
    """A request to the terminal; subclasses name their wire method and the type of their reply."""

    method: ClassVar[str]
    reply: ClassVar[type[Reply]] = Reply


class Event(Wire, frozen=True, kw_only=True):
    """What the terminal tells by itself; subclasses name their wire event."""

    event: ClassVar[str]


class Untyped(msgspec.Struct, frozen=True):
    """A command by its wire name with any parameters: for the command line and for newer terminals."""

    method: str
    parameters: dict[str, Any] = {}
    reply: ClassVar[type[Reply]] = Reply


class UnknownEvent(msgspec.Struct, frozen=True):
    """An event that this package has no type for; `fields` is the whole object as it came."""

    name: str
    fields: dict[str, Any] = {}


AnyEvent = Event | UnknownEvent

C = TypeVar("C", bound=type[Command])
E = TypeVar("E", bound=type[Event])

COMMANDS: dict[str, type[Command]] = {}
EVENTS: dict[str, type[Event]] = {}


def command(kind: C) -> C:
    """Registers a command type under its wire method, without regard to case (as terminals compare names)."""
    COMMANDS[kind.method.lower()] = kind
    return kind


def event(kind: E) -> E:
    """Registers an event type under its wire name, without regard to case."""
    EVENTS[kind.event.lower()] = kind
    return kind
