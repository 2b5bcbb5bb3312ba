"""Runs a recorded terminal: its WebSocket, and the page that tells the ports."""

import functools

import msgspec
import trio

from appliance.runtime.web.server import serve_web
from appliance.simulator.options import SimulatorOptions
from appliance.simulator.replay.script import Conversation, Script
from appliance.simulator.wire.connection import Connection
from appliance.simulator.wire.discovery import discovery_app
from appliance.simulator.wire.faults import Faults
from appliance.simulator.wire.ports import Ports, reserved


async def replay(
    options: SimulatorOptions, script: Script, *, task_status: trio.TaskStatus[Ports] = trio.TASK_STATUS_IGNORED
) -> None:
    """Runs until cancelled; starts with the ports. Nothing listens for pictures, and there is no far side.

    Each client gets the whole recording from its authorisation on. Raises `ListenError` if a port is taken.
    """
    with reserved(options) as ports:
        async with trio.open_nursery() as nursery:
            faults = Faults(trio.current_time)
            serve = functools.partial(_serve, script, faults)
            await nursery.start(functools.partial(trio.serve_tcp, serve, ports.ws, host=options.host))
            host = f"[{options.host}]" if ":" in options.host else options.host
            await nursery.start(serve_web, discovery_app(ports, faults), f"{host}:{ports.web}")
            task_status.started(ports)


async def _serve(script: Script, faults: Faults, stream: trio.SocketStream) -> None:
    """Serves one client from its connection to its end."""
    conversation = Conversation(script)
    async with trio.open_nursery() as nursery:

        def heard(connection: Connection, frame: str | bytes) -> None:
            before = conversation.authorised
            connection.send(_answer(conversation, frame))
            if conversation.authorised and not before:
                nursery.start_soon(_tell, script, connection)

        await Connection(faults).serve(stream, heard)
        nursery.cancel_scope.cancel()


def _answer(conversation: Conversation, frame: str | bytes) -> dict[str, object]:
    try:
        request = msgspec.json.decode(frame, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return {"method": "", "result": False, "error": f"not a request: {error}"}
    return conversation.answer(request)


async def _tell(script: Script, connection: Connection) -> None:
    """Says what the terminal said by itself, at its time."""
    began = trio.current_time()
    for after, event in script.events:
        await trio.sleep_until(began + after)
        connection.send(event)
