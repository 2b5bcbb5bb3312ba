"""The command `offhook wiring`: where the room's buttons, lamps, display and serial line go on the 40-pin header."""

from collections.abc import Iterator
from pathlib import Path

import click

from appliance.cli.options import WRONG_USE, config_option, load_config, table
from appliance.wiring.picture import picture
from appliance.wiring.places import Wire, Wiring, wiring


@click.command("wiring")
@config_option
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Also draw the header into this file.")
def wiring_command(path: Path, svg: Path | None) -> None:
    """Prints which wire goes to which place of the 40-pin header; exit code 2 when something cannot be wired."""
    found = wiring(load_config(path))
    click.echo("\n".join(lines(found)))
    if svg is not None:
        _write(svg, picture(found))
    for reason in found.wrong:
        click.echo(f"{path}: {reason}", err=True)
    if found.wrong:
        raise SystemExit(WRONG_USE)


def lines(found: Wiring) -> Iterator[str]:
    """The wires, one a line, below a heading."""
    return table([("pin", "signal", "for", "wire"), *map(_row, found.wires)])


def _row(wire: Wire) -> tuple[str, str, str, str]:
    return str(wire.place), wire.signal, wire.key, str(wire.what)


def _write(svg: Path, document: str) -> None:
    try:
        svg.write_text(document, encoding="utf-8")
    except OSError as error:
        raise click.BadParameter(f"{svg} cannot be written: {error.strerror}", param_hint="--svg") from None
