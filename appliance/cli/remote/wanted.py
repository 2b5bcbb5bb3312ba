"""Words such as `auto_answer=on` as values of settings."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from appliance.api.settings import Wanted

SWITCHES = {"on": True, "true": True, "off": False, "false": False}


def wanted(words: Sequence[str]) -> "Wanted":
    """Returns what `NAME=VALUE`, again and again, wants. Raises `click.UsageError`: there is no such setting or value.

    What a device may be is for the box to say.
    """
    import msgspec  # noqa: PLC0415  # see the docstring of appliance.cli.main

    from appliance.api.settings import Wanted  # noqa: PLC0415  # as above

    found = dict(_read(each) for each in words)
    return msgspec.convert(found, Wanted)


def _read(words: str) -> tuple[str, Any]:
    import msgspec  # noqa: PLC0415  # as above

    from appliance.api.settings import Wanted  # noqa: PLC0415  # as above

    name, equals, value = words.partition("=")
    names = [each.name for each in msgspec.structs.fields(Wanted)]
    if not equals or name not in names:
        raise click.UsageError(f"{words}: expected NAME=VALUE, NAME one of {', '.join(names)}")
    wrong = ""
    for meant in _meanings(value):
        try:
            msgspec.convert({name: meant}, Wanted)
        except msgspec.ValidationError as error:
            wrong = wrong or str(error).partition(" - at ")[0]
        else:
            return name, meant
    raise click.UsageError(f"{words}: {wrong}")


def _meanings(value: str) -> Iterator[bool | int | str]:
    """Yields what a word may mean; the text itself is the last, for devices."""
    if value in SWITCHES:
        yield SWITCHES[value]
    if value.isascii() and value.isdigit() and len(value) < 10:
        yield int(value)
    yield value
