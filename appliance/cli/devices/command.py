"""The command `offhook devices`: lists hardware, and says what a configured room lacks."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from appliance.cli.devices.keys import keys
from appliance.cli.devices.try_out import probe, record
from appliance.cli.options import REFUSED, config_path, load_config, table
from appliance.inventory.asked_for import Configured, configured
from appliance.inventory.machine import Offer, Piece, Places, take
from appliance.runtime import logs

SHOWN = 40
"""How many keys of a device file are listed for people; a keyboard has a hundred, a pedal three."""

_DISPLAYS = {
    "i2c": 'driver = "ssd1306"; "sh1106" where the picture is shifted by two pixels, with snow at the edge (1.3")',
    "spi": 'spi = "{device}"',
}
"""What to write for a display, which nobody can ask what it is: some are sold under another controller's name."""


@click.group(invoke_without_command=True)
@config_path(None, "Also say which devices of this configuration are there; exit code 1 when one is missing.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def devices(context: click.Context, path: Path | None, *, as_json: bool) -> None:
    """Lists the hardware found and what each piece would be used for."""
    logs.configure("warning")
    if context.invoked_subcommand is None:
        _list(path, as_json=as_json)


devices.add_command(record)
devices.add_command(probe)
devices.add_command(keys)


def _list(path: Path | None, *, as_json: bool) -> None:
    config = load_config(path) if path else None
    places = msgspec.structs.replace(Places(), chip=config.gpio.chip if config else None)
    there = take(places)
    report = Report(there.found, there.lacking, configured(config, places) if config else [])
    click.echo(msgspec.json.format(msgspec.json.encode(report)) if as_json else "\n".join(_lines(report)))
    if any(device.missing for device in report.configured):
        raise SystemExit(REFUSED)


class Report(msgspec.Struct, frozen=True):
    """What `--json` prints."""

    found: list[Piece]
    lacking: list[str]
    configured: list[Configured]


def _lines(report: Report) -> Iterator[str]:
    for piece, line in zip(report.found, table([_found(piece) for piece in report.found]), strict=True):
        yield line
        yield from (f"    {more}" for more in _details(piece))
    yield from (f"- {reason}" for reason in report.lacking)
    if report.configured:
        yield from ("", "Of the configuration:")
        yield from table([_configured(device) for device in report.configured])


def _found(piece: Piece) -> tuple[str, ...]:
    return piece.kind, piece.path, piece.name, f"for: {piece.use}" + (f"; {piece.trouble}" if piece.trouble else "")


def _details(piece: Piece) -> Iterator[str]:
    """How it can be named in a configuration, and what it has."""
    if piece.kind in _DISPLAYS:
        yield _DISPLAYS[piece.kind].format(device=piece.path.rpartition("spidev")[2])
    names = {"port": piece.port, "vendor:product": piece.product}
    if any(names.values()):
        yield "device = " + " or ".join(f'"{value}" ({what})' for what, value in names.items() if value)
    for place, offered in itertools.groupby(piece.offers, _place):
        yield f"{place}: {', '.join(_short([offer.what for offer in offered]))}"


def _place(offer: Offer) -> str:
    report = f" report {offer.report}" if offer.report else ""
    return f"{offer.source}{report}" + (f", {offer.how}" if offer.how else "")


def _short(offered: list[str]) -> list[str]:
    """All keys with a one-character symbol in one word, "keys 0123456789*#"; the others by name, the first of many."""
    keys = [what.removeprefix("key ") for what in offered if what.startswith("key ")]
    plain = "".join(key for key in keys if len(key) == 1)
    named = [key if key.isupper() else f"{key} key" for key in keys if len(key) > 1]
    shown = [what for what in offered if not what.startswith("key ")] + ([f"keys {plain}"] if plain else []) + named
    return shown if len(shown) <= SHOWN else [*shown[:SHOWN], f"{len(shown) - SHOWN} more (--json has all)"]


def _configured(device: Configured) -> tuple[str, ...]:
    where = device.path if device.path != device.device else ""
    return "MISSING" if device.missing else "there", device.key, device.device, device.missing or where
