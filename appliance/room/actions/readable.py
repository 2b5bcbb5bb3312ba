"""Actions as people read them: without the passwords in them."""

from collections.abc import Mapping

import msgspec

LEFT_OUT = "…"
"""What stands for a password where people read an action."""

_MAY_BE_SECRET = (["conference"], ["command"])  # from the third word on


def repr_of(bound: msgspec.Struct) -> str:
    """Returns the `repr` of something that has words of actions among its fields, with passwords left out of them."""
    fields = (f"{name}={readable(getattr(bound, name))!r}" for name in bound.__struct_fields__)
    return f"{type(bound).__name__}({', '.join(fields)})"


def readable(value: object) -> object:
    """Returns words of actions, alone or within lists and tables, with passwords left out of them."""
    if isinstance(value, Mapping):
        return {name: readable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(readable(each) for each in value)
    words = value.split() if isinstance(value, str) else []
    secret = (words[:1] == ["join"] and words[1:] != ["next"]) or (words[:1] in _MAY_BE_SECRET and len(words) > 2)
    return f"{words[0]} {LEFT_OUT}" if secret else value
