"""The command `offhook safe`: outputs that a crash left switched on are switched to where they do no harm.

systemd runs it after `offhook run` has failed (ExecStopPost= of offhook.service), before it is started again.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from appliance.cli.options import REFUSED, config_option, load_config
from appliance.config.schema import Config
from drivers.errors import DeviceError
from drivers.gpio.factory import pin_factory
from drivers.gpio.pins import Factory
from drivers.outputs.bars.bar import darken
from drivers.outputs.relay import relay


@click.command()
@config_option
def safe(path: Path) -> None:
    """Sets the configured outputs to their safe levels, after the appliance has ended without doing so.

    Lamps need nothing: their pins become inputs when the process that held them has gone. Exit code 1: an output could
    not be reached; the others are safe.
    """
    config = load_config(path)
    if config.hardware == "virtual":
        return
    troubles = list(make_safe(config, lambda: pin_factory(config.gpio.chip, config.gpio.backend)))
    for trouble in troubles:
        click.echo(trouble, err=True)
    if troubles:
        raise SystemExit(REFUSED)


def make_safe(config: Config, pins: Callable[[], Factory]) -> Iterator[str]:
    """Makes every output safe; yields what is in the way of one."""
    for name, wanted in config.relays.items():
        try:
            with relay(name, wanted.hardware(), pins()):
                pass  # it is safe from the first moment, and in the end
        except DeviceError as error:
            yield str(error)
    for name, bar in config.bars.items():
        try:
            darken(name, bar.hardware())
        except DeviceError as error:
            yield str(error)
