"""What can go wrong between the terminal and a client: hangs, lost and doubled replies, nonsense."""

from collections.abc import Callable

import trio

HUGE = 16 * 1024 * 1024  # bytes of a frame that no client should take

GARBAGE: tuple[str | bytes, ...] = (
    '{"method":"event","event":',
    "null",
    "[1,2,3]",
    "{}",
    '{"method":"event","event":"appStateChanged"}',
    '{"method":"event","event":"appStateChanged","appState":"what"}',
    '{"method":"event","event":"neverHeardOf","value":1}',
    '{"method":"getAppState","requestId":"nobody","result":true}',
    '{"method":7,"result":"yes"}',
    "[" * 5000,
    b"\xff\xfe\x00",
)


class Faults:
    """Which faults are on, each until a time in monotonic seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._stalled_until = self._mute_until = self._double_until = now()

    def stall(self, seconds: float) -> None:
        """Connections stay open; nothing is read and nothing is sent for so long."""
        self._stalled_until = self._now() + seconds

    def mute_replies(self, seconds: float) -> None:
        """Commands are carried out and not answered for so long; events go on."""
        self._mute_until = self._now() + seconds

    def double_replies(self, seconds: float) -> None:
        """Every reply is sent twice for so long."""
        self._double_until = self._now() + seconds

    @property
    def copies(self) -> int:
        """How many times a reply is sent now."""
        if self._now() < self._mute_until:
            return 0
        return 2 if self._now() < self._double_until else 1

    async def wait_while_stalled(self) -> None:
        """Returns when the stall is over; at once where there is none."""
        while self._now() < self._stalled_until:  # noqa: ASYNC110 - another stall may have come meanwhile
            await trio.sleep_until(self._stalled_until)


class FaultyStream(trio.abc.Stream):
    """A TCP stream that stalls when it is told to."""

    def __init__(self, stream: trio.abc.Stream, faults: Faults) -> None:
        self._stream = stream
        self._faults = faults

    async def send_all(self, data: bytes | bytearray | memoryview) -> None:
        """Sends, once no stall is on."""
        await self._faults.wait_while_stalled()
        await self._stream.send_all(data)

    async def wait_send_all_might_not_block(self) -> None:
        """As the stream beneath."""
        await self._stream.wait_send_all_might_not_block()

    async def receive_some(self, max_bytes: int | None = None) -> bytes | bytearray:
        """Receives, and hands over once no stall is on."""
        data = await self._stream.receive_some(max_bytes)
        await self._faults.wait_while_stalled()
        return data

    async def aclose(self) -> None:
        """Closes the stream beneath."""
        await self._stream.aclose()
