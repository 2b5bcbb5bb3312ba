"""The argument LINE: a serial device, or an address on the network."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Any

import click
import msgspec

from drivers.visca.config import SerialConfig
from drivers.visca.controller.driven import Line, open_serial
from drivers.visca.line.address import parse_network_address
from drivers.visca.line.network_port import open_network


class Place(msgspec.Struct, frozen=True):
    """Where a VISCA line is, how it is opened, and what somebody who only listens there can see."""

    open: Callable[[], AbstractAsyncContextManager[Line]]
    chained: bool
    name: str


class LineType(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic in newer versions of click only
    """A serial device, or an address on the network with the usual port where it names none."""

    name = "LINE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Place:  # noqa: ANN401  # whatever click passes
        """Returns the place; fails where the text is neither."""
        if isinstance(value, Place):
            return value
        try:
            network = parse_network_address(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)
        if network is not None:
            return Place(partial(open_network, network), chained=False, name=value)
        config = SerialConfig(port=value, baud=ctx.params["baud"] if ctx else 9600)
        return Place(partial(open_serial, config), chained=True, name=value)


line_argument = click.argument("line", type=LineType())
baud_option = click.option(
    "--baud",
    type=click.Choice([2400, 4800, 9600, 19200, 38400, 57600, 115200]),
    default=9600,
    show_default=True,
    is_eager=True,  # known when LINE is read
    help="Of a serial line.",
)
