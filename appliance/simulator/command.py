"""The command `offhook simulate`."""

import signal
import sys

import click
import msgspec
import structlog
import trio

from appliance.panel.web import ListenError
from appliance.simulator.options import SimulatorOptions
from appliance.simulator.server import simulate

PORT = click.IntRange(0, 65535)


@click.command("simulate")
@click.option("--host", default="127.0.0.1", show_default=True, help="IP address to listen on.")
@click.option("--web-port", type=PORT, default=0, help="Port of config.json; 0 (as for every port) is any free one.")
@click.option("--ws-port", type=PORT, default=0, help="Port of the WebSocket.")
@click.option("--http-port", type=PORT, default=0, help="Port of pictures and files.")
@click.option("--control-port", type=PORT, default=0, help="Port of the far side: who calls, who answers, what fails.")
@click.option("--pin", help="Protect the administrator with a PIN.")
@click.option("--password", help="Protect the administrator with a password.")
@click.option("--unsecured", is_flag=True, help="Protect nothing; so it is without --pin and --password.")
def simulate_command(*, unsecured: bool, **given: str | int | None) -> None:
    """Runs a simulated terminal until SIGTERM or Ctrl-C.

    When it is ready it prints one JSON line with its ports on standard output.
    """
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))  # standard output is for the ports
    if unsecured + (given["pin"] is not None) + (given["password"] is not None) > 1:
        raise click.UsageError("--pin, --password and --unsecured: expected at most one of them")
    try:
        options = msgspec.convert(given, SimulatorOptions)
    except msgspec.ValidationError as error:
        raise click.UsageError(str(error)) from None
    trio.run(_run, options)


async def _run(options: SimulatorOptions) -> None:
    with trio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        try:
            async with trio.open_nursery() as nursery:
                simulator = await nursery.start(simulate, options)
                ready = {"ready": True, **msgspec.to_builtins(simulator.ports)}
                click.echo(msgspec.json.encode(ready))
                await anext(aiter(signals))
                nursery.cancel_scope.cancel()
        except* ListenError as errors:
            raise click.UsageError("; ".join(str(error) for error in errors.exceptions)) from None
