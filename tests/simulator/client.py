"""A plain client: a WebSocket, JSON, and nothing that knows the messages."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import trio
import trio_websocket

from appliance.simulator.process.simulator import Simulator
from tests.virtual_time import real

UNREAD = 1000  # frames that a test may leave unread; trio-websocket does not close before they are taken
LARGEST = 2**24  # bytes of a message
PATIENCE = 90.0  # seconds of a mocked clock
ASIDE = frozenset(  # told beside everything that happens in a conference, or at a login
    {
        "videoMatrixChanged",
        "receiversInfoUpdated",
        "outgoingBitrateChanged",
        "fileTransferAvailable",
        "tariffRestrictionsChanged",
    }
)


class Client:
    """One connection; events that come before a reply are kept for `event`."""

    def __init__(self, websocket: trio_websocket.WebSocketConnection) -> None:
        self.websocket = websocket
        self.kept: list[dict[str, Any]] = []
        self._sent = 0

    async def send(self, method: str, **parameters: object) -> str:
        self._sent += 1
        request_id = f"r{self._sent}"
        await self.send_raw(json.dumps({"method": method, "requestId": request_id, **parameters}))
        return request_id

    async def send_raw(self, frame: str | bytes) -> None:
        await self.websocket.send_message(frame)

    async def next(self) -> dict[str, Any]:
        """The next frame, whatever it is."""
        with trio.fail_after(PATIENCE):
            message: dict[str, Any] = json.loads(await self.websocket.get_message())
        return message

    async def reply(self) -> dict[str, Any]:
        """The next reply; events before it are kept."""
        while "event" in (message := await self.next()):
            self.kept.append(message)
        return message

    async def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """Sends a command and gives its reply."""
        request_id = await self.send(method, **parameters)
        reply = await self.reply()
        assert reply["method"] == method
        assert reply.get("requestId") == request_id
        return reply

    async def do(self, method: str, **parameters: object) -> dict[str, Any]:
        """Sends a command that must succeed."""
        reply = await self.ask(method, **parameters)
        assert reply["result"] is True, reply
        return reply

    async def refused(self, method: str, **parameters: object) -> str:
        """Sends a command that must fail; the text of the refusal."""
        reply = await self.ask(method, **parameters)
        assert reply["result"] is False, reply
        return str(reply["error"])

    async def event(self, name: str, **expected: object) -> dict[str, Any]:
        """The next event of that name with those fields; others before it are forgotten."""
        with trio.fail_after(PATIENCE):
            while True:
                message = self.kept.pop(0) if self.kept else await self.next()
                if message.get("event") == name and expected.items() <= message.items():
                    return message

    async def until(self, name: str, axis: str, found: Callable[[float], bool]) -> dict[str, Any]:
        """The next event of that name whose `axis` is where it should be."""
        with trio.fail_after(real(30)):
            while True:
                event = await self.event(name)
                if found(event[axis]["currentValue"]):
                    return event

    async def events(self, *names: str) -> list[dict[str, Any]]:
        """The next events, which must be exactly these in this order; those told `ASIDE` need not be named."""
        found: list[dict[str, Any]] = []
        while len(found) < len(names):
            event = self.kept.pop(0) if self.kept else await self.next()
            if event.get("event") not in ASIDE - set(names):
                found.append(event)
        assert [label(event) for event in found] == list(names)
        return found

    async def quiet(self) -> None:
        """Nothing has come that was not asked for: the reply to a question is the next frame."""
        assert [label(event) for event in self.kept if event["event"] not in ASIDE] == []
        await self.send("getAppState")
        while (message := await self.next()).get("event") in ASIDE:
            pass
        assert "event" not in message, message


def label(event: dict[str, Any]) -> str:
    """An event by name; a change of state with the state: `appStateChanged 5`."""
    state = f" {event['appState']}" if event.get("event") == "appStateChanged" else ""
    return str(event.get("event")) + state


@asynccontextmanager
async def connected(simulator: Simulator, *, headers: dict[str, str] | None = None) -> AsyncIterator[Client]:
    """A client that has not authorised."""
    extra = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    url = f"ws://127.0.0.1:{simulator.ports.ws}/"
    async with trio_websocket.open_websocket_url(url, extra_headers=extra, message_queue_size=UNREAD) as websocket:
        try:
            yield Client(websocket)
        finally:  # trio-websocket leaves it open where the other side just disappeared
            await trio.aclose_forcefully(websocket._stream)


@asynccontextmanager
async def at_socket(path: Path, resource: str = "/") -> AsyncIterator[Client]:
    """A client at a socket on this machine, which has not authorised. Raises `HandshakeError` where it is refused."""
    refused: list[BaseException] = []
    stream = await trio.open_unix_socket(str(path))
    try:
        async with trio.open_nursery() as nursery:
            yield Client(
                await trio_websocket.wrap_client_stream(
                    nursery, stream, "localhost", resource, message_queue_size=UNREAD, max_message_size=LARGEST
                )
            )
            nursery.cancel_scope.cancel()
    except* trio_websocket.HandshakeError as group:
        refused.extend(group.exceptions)
    finally:
        await trio.aclose_forcefully(stream)
    if refused:
        raise refused[0]


@asynccontextmanager
async def authorised(simulator: Simulator, **credentials: object) -> AsyncIterator[Client]:
    """A client that has authorised; unsecured unless credentials are given."""
    async with connected(simulator) as client:
        await client.do("auth", **(credentials or {"type": "unsecured"}))
        yield client


def status_of(peer_id: str, name: str, status: int, ext_status: int) -> dict[str, object]:
    """An entry of usersStatusesChanged, as older and newer terminals say it together."""
    newer = {"extStatus": ext_status, "lastOnlineTime": 0, "additionalStatus": "", "isEditable": True}
    return {"peerId": peer_id, "peerDn": name, "status": status, **newer}
