"""The command `offhook simulate`."""

import signal
from pathlib import Path
from typing import Any

import click
import msgspec
import trio

from appliance.cli.replay import recorded, replay_until_signal
from appliance.runtime import logs
from appliance.runtime.web.listen import ListenError
from appliance.simulator.control.scenario import Scenario, ScenarioError, load_scenario, play
from appliance.simulator.option_types import Generation
from appliance.simulator.options import Contact, SimulatorOptions
from appliance.simulator.process.exchange import Exchange, room_ids
from appliance.simulator.process.simulator import Simulator
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
@click.option("--user-pin", help="Protect the user with a PIN; the administrator must be protected too.")
@click.option("--user-password", help="Protect the user with a password; the administrator must be protected too.")
@click.option(
    "--generation",
    type=click.Choice([each.value for each in Generation]),
    default=Generation.BOTH.value,
    show_default=True,
    help="Speak like older or newer terminals, or say both where they do not contradict each other.",
)
@click.option("--rooms", type=click.IntRange(1, 1000), default=1, help="So many rooms, who can call each other.")
@click.option("--scenario", type=click.Path(path_type=Path, dir_okay=False), help="A timeline in TOML to play.")
@click.option("--replay", type=click.Path(path_type=Path, dir_okay=False), help="A recorded terminal, alone.")
@click.option("--unsecured", is_flag=True, help="Protect nothing; so it is without --pin and --password.")
def simulate_command(
    *, unsecured: bool, rooms: int, scenario: Path | None, replay: Path | None, **given: str | int | None
) -> None:
    """Runs a simulated terminal until SIGTERM or Ctrl-C.

    When it is ready it prints one JSON line with its ports on standard output.
    """
    logs.configure()
    if unsecured + (given["pin"] is not None) + (given["password"] is not None) > 1:
        raise click.UsageError("--pin, --password and --unsecured: expected at most one of them")
    try:
        options = msgspec.convert(given, SimulatorOptions)
    except msgspec.ValidationError as error:
        raise click.UsageError(str(error)) from None
    if rooms > 1 and any(given[name] for name in given if name.endswith("_port")):
        raise click.UsageError("--rooms: every room needs ports of its own; expected port 0 for all of them")
    if replay is not None:
        if rooms > 1 or scenario is not None:
            raise click.UsageError("--replay: expected neither --rooms nor --scenario beside it")
        trio.run(replay_until_signal, options, recorded(replay))
        return
    trio.run(_run, [options] if rooms == 1 else _room_options(options, rooms), _played(scenario))


def _played(path: Path | None) -> Scenario | None:
    try:
        return None if path is None else load_scenario(path)
    except ScenarioError as error:
        raise click.UsageError(str(error)) from None


def _room_options(options: SimulatorOptions, count: int) -> list[SimulatorOptions]:
    ids = room_ids(count, options.domain)
    contacts = {peer: Contact(peer_id=peer, name=f"Room {number}") for number, peer in enumerate(ids, 1)}
    return [
        msgspec.structs.replace(
            options,
            room_id=own,
            room_name=f"Room {number}",
            server_password=own.split("@")[0],
            contacts=(*options.contacts, *(contact for peer, contact in contacts.items() if peer != own)),
        )
        for number, own in enumerate(ids, 1)
    ]


async def _run(rooms: list[SimulatorOptions], scenario: Scenario | None) -> None:
    with trio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        try:
            async with trio.open_nursery() as nursery:
                simulators: list[Simulator] = [await nursery.start(simulate, options) for options in rooms]
                Exchange().join(simulators)
                if scenario is not None:
                    nursery.start_soon(play, simulators[0], scenario)
                click.echo(msgspec.json.encode(_ready(simulators)))
                await anext(aiter(signals))
                nursery.cancel_scope.cancel()
        except* ListenError as errors:
            raise click.UsageError("; ".join(str(error) for error in errors.exceptions)) from None


def _ready(simulators: list[Simulator]) -> dict[str, Any]:
    """The ports of the first room, and of all of them where there are several."""
    ports = [msgspec.to_builtins(simulator.ports) for simulator in simulators]
    ids = [simulator.terminal.options.room_id for simulator in simulators]
    rooms = [{"id": room, **where} for room, where in zip(ids, ports, strict=True)]
    return {"ready": True, **ports[0], **({"rooms": rooms} if len(rooms) > 1 else {})}
