"""The command `offhook devices`: lists hardware, and says what a configured room lacks."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec

from appliance import logs
from appliance.cli import load_config
from appliance.inventory import Configured, Inventory, Piece, Places, take

MISSING = 1  # exit code when a configured device is not there


@click.command()
@click.option(
    "--config",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also say which devices of this configuration are there; exit code 1 when one is missing.",
)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def devices(path: Path | None, *, as_json: bool) -> None:
    """Lists the hardware found and what each piece would be used for."""
    logs.configure("warning")
    inventory = take(load_config(path) if path else None, Places())
    click.echo(msgspec.json.format(msgspec.json.encode(inventory)) if as_json else "\n".join(_lines(inventory)))
    if any(device.missing for device in inventory.configured):
        raise SystemExit(MISSING)


def _lines(inventory: Inventory) -> Iterator[str]:
    yield from _table([_found(piece) for piece in inventory.found])
    yield from (f"- {reason}" for reason in inventory.lacking)
    if inventory.configured:
        yield from ("", "Of the configuration:")
        yield from _table([_configured(device) for device in inventory.configured])


def _found(piece: Piece) -> tuple[str, ...]:
    return piece.kind, piece.path, piece.name, f"for: {piece.use}" + (f"; {piece.trouble}" if piece.trouble else "")


def _configured(device: Configured) -> tuple[str, ...]:
    return "MISSING" if device.missing else "there", device.key, device.device, device.missing


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
