"""What can go wrong between the terminal and a client: hangs, lost and doubled replies, nonsense."""

from collections.abc import Callable

import trio

HUGE = 16 * 1024 * 1024  # bytes of a frame that no client should take

PIECE = 16 * 1024  # bytes sent at once

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
        self._reorder_until = self._fragment_until = self._slow_until = self._wrong_ports_until = now()
        self._rate = 1
        self.generation = 0  # connections of an earlier one are half open

    def stall(self, seconds: float) -> None:
        """Connections stay open; nothing is read and nothing is sent for so long."""
        self._stalled_until = self._now() + seconds

    def mute_replies(self, seconds: float) -> None:
        """Commands are carried out and not answered for so long; events go on."""
        self._mute_until = self._now() + seconds

    def double_replies(self, seconds: float) -> None:
        """Every reply is sent twice for so long."""
        self._double_until = self._now() + seconds

    def reorder_replies(self, seconds: float) -> None:
        """Replies to requests that are in flight together come last first for so long."""
        self._reorder_until = self._now() + seconds

    def fragment(self, seconds: float) -> None:
        """Frames are sent in many fragments for so long."""
        self._fragment_until = self._now() + seconds

    def slow(self, bytes_per_second: int, seconds: float) -> None:
        """So few bytes get through to each client for so long."""
        self._rate, self._slow_until = bytes_per_second, self._now() + seconds

    def wrong_ports(self, seconds: float) -> None:
        """`config.json` names ports where nothing is for so long."""
        self._wrong_ports_until = self._now() + seconds

    def half_open(self) -> None:
        """Connections that exist now stay open and dead: what is sent is lost, nothing arrives."""
        self.generation += 1

    @property
    def reordering(self) -> bool:
        """Whether replies come in another order now."""
        return self._now() < self._reorder_until

    @property
    def fragmenting(self) -> bool:
        """Whether frames come in fragments now."""
        return self._now() < self._fragment_until

    @property
    def port_error(self) -> int:
        """What is added to the ports of `config.json` now."""
        return 1 if self._now() < self._wrong_ports_until else 0

    def time_for(self, size: int) -> float:
        """How many seconds so many bytes take now."""
        return size / self._rate if self._now() < self._slow_until else 0.0

    @property
    def copies(self) -> int:
        """How many times a reply is sent now."""
        if self._now() < self._mute_until:
            return 0
        return 2 if self._now() < self._double_until else 1

    async def wait_while_stalled(self) -> None:
        """Returns when the stall is over; at once where there is none."""
        while self._now() < self._stalled_until:  # noqa: ASYNC110  # another stall may have come meanwhile
            await trio.sleep_until(self._stalled_until)


class FaultyStream(trio.abc.Stream):
    """A TCP stream that stalls, is slow, or is dead without saying so, when it is told to."""

    def __init__(self, stream: trio.abc.Stream, faults: Faults) -> None:
        self._stream = stream
        self._faults = faults
        self._generation = faults.generation

    async def send_all(self, data: bytes | bytearray | memoryview) -> None:
        """Sends, once no stall is on, as fast as may be; says nothing where it is lost."""
        await self._faults.wait_while_stalled()
        if self._dead:
            return
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            if (seconds := self._faults.time_for(len(piece))) > 0:
                await trio.sleep(seconds)
            await self._stream.send_all(piece)

    async def wait_send_all_might_not_block(self) -> None:
        """As the stream beneath."""
        await self._stream.wait_send_all_might_not_block()

    async def receive_some(self, max_bytes: int | None = None) -> bytes | bytearray:
        """Receives, and hands over once no stall is on; what a dead stream receives is lost."""
        data = await self._stream.receive_some(max_bytes)
        while self._dead and data:
            data = await self._stream.receive_some(max_bytes)
        await self._faults.wait_while_stalled()
        return data

    @property
    def _dead(self) -> bool:
        return self._generation != self._faults.generation

    async def aclose(self) -> None:
        """Closes the stream beneath."""
        await self._stream.aclose()
