"""What every message has: the shapes of commands, replies and events, and the register of their wire names."""

from typing import Any, ClassVar, TypeVar

import msgspec


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """A JSON object of the interface: Python names inside, camelCase on the wire."""

    also: ClassVar[dict[str, str]] = {}  # other spellings of wire names, here and in what this contains: accepted
    secret: ClassVar[tuple[str, ...]] = ()  # fields that `repr` does not show

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in self.__struct_fields__ if name not in self.secret)
        return f"{type(self).__name__}({', '.join(shown)})"


class Reply(Wire, frozen=True, kw_only=True):
    """What every reply says; `result` true means accepted, not done."""

    result: bool = False
    request_id: str = ""
    error: str = ""


class Command(Wire, frozen=True, kw_only=True):
    """A request to the terminal; subclasses name their wire method and the type of their reply."""

    method: ClassVar[str]
    or_method: ClassVar[str] = ""  # another spelling, for terminals that refuse the first
    reply: ClassVar[type[Reply]] = Reply


class Event(Wire, frozen=True, kw_only=True):
    """What the terminal tells by itself; subclasses name their wire event."""

    event: ClassVar[str]
    or_else: "ClassVar[type[Event] | None]" = None  # what it is if a required field is missing


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
FileId = int | str  # terminals write the ids of files and transfers now as numbers, now as text

C = TypeVar("C", bound=type[Command])
E = TypeVar("E", bound=type[Event])

# every type whose module has been imported, by wire name in lower case
COMMAND_TYPES: dict[str, type[Command]] = {}
EVENT_TYPES: dict[str, type[Event]] = {}


def command(kind: C) -> C:
    """Registers a command type under its wire method, without regard to case (as terminals compare names)."""
    COMMAND_TYPES[kind.method.lower()] = kind
    return kind


def event(kind: E) -> E:
    """Registers an event type under its wire name, without regard to case."""
    EVENT_TYPES[kind.event.lower()] = kind
    return kind
