"""A form as a page takes it: what tables of a kind have in common is told once, however many of them there are.

Two hundred buttons have the same fields with the same help: told for each, that would be most of what a page loads.
"""

from collections.abc import Iterable

import msgspec

from appliance.config.edit.form import Field, Table
from appliance.config.statements import Path


class Shape(msgspec.Struct, frozen=True):
    """What tables of a kind are for, and their fields; the path of a field is its key alone, and it has no value."""

    help: str
    fields: tuple[Field, ...]


class Filled(msgspec.Struct, frozen=True, omit_defaults=True):
    """A table: of which shape, and what the file gives of it. `kept`: keys of secrets that it gives."""

    path: Path
    shape: int
    named: bool = False
    given: bool = False
    values: dict[str, object] = {}
    kept: tuple[str, ...] = ()


class Form(msgspec.Struct, frozen=True):
    """The whole form. `Filled.shape` counts in `shapes` from 0."""

    shapes: tuple[Shape, ...]
    tables: tuple[Filled, ...]


def shaped(tables: Iterable[Table]) -> Form:
    """Returns the form of these tables."""
    known: dict[bytes, int] = {}
    shapes: list[Shape] = []
    filled = []
    for table in tables:
        shape = Shape(table.help, tuple(map(_empty, table.fields)))
        key = msgspec.json.encode(shape)
        if key not in known:
            known[key] = len(shapes)
            shapes.append(shape)
        filled.append(_filled(table, known[key]))
    return Form(tuple(shapes), tuple(filled))


def _empty(field: Field) -> Field:
    return msgspec.structs.replace(field, path=field.path[-1:], value=None, given=False)


def _filled(table: Table, shape: int) -> Filled:
    given = [field for field in table.fields if field.given]
    values = {field.path[-1]: field.value for field in given if not field.secret}
    kept = tuple(field.path[-1] for field in given if field.secret)
    return Filled(table.path, shape, table.named, table.given, values, kept)
