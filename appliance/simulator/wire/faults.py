"""Faults of the connection between the terminal and its clients.

Most faults last: `Faults` remembers until when each is on, and whoever is concerned asks at the moment when it
matters. `FaultyStream` lies between a connection and its TCP stream and stalls, slows down or loses what passes;
`Connection` asks how often to send a reply, in which order and in how many fragments; the discovery asks by how much
to falsify the ports. A stall holds everything back and loses nothing. A half-open connection loses everything in both
directions while it looks alive; connections that are made afterwards are sound.
"""

from collections.abc import Callable

import trio

HUGE = 16 * 1024 * 1024  # bytes of a frame that no client should accept

PIECE = 16 * 1024  # bytes sent at once, so that slowness is even

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
        self._lost = set[str]()  # methods whose next reply is lost
        self.generation = 0  # connections of an earlier generation are half open

    def stall(self, seconds: float) -> None:
        """Keeps connections open without reading or sending anything for `seconds`."""
        self._stalled_until = self._now() + seconds

    def mute_replies(self, seconds: float) -> None:
        """Carries out commands without answering them for `seconds`; events continue."""
        self._mute_until = self._now() + seconds

    def lose_reply(self, method: str) -> None:
        """Carries out the next command of this name (as the document spells it) without answering it."""
        self._lost.add(method)

    def double_replies(self, seconds: float) -> None:
        """Sends every reply twice for `seconds`."""
        self._double_until = self._now() + seconds

    def reorder_replies(self, seconds: float) -> None:
        """Sends replies to requests that are in flight together in reverse order for `seconds`."""
        self._reorder_until = self._now() + seconds

    def fragment(self, seconds: float) -> None:
        """Sends frames in many fragments for `seconds`."""
        self._fragment_until = self._now() + seconds

    def slow(self, bytes_per_second: int, seconds: float) -> None:
        """Limits what each client receives to `bytes_per_second` for `seconds`."""
        self._rate, self._slow_until = bytes_per_second, self._now() + seconds

    def wrong_ports(self, seconds: float) -> None:
        """Names ports on which nothing listens in `config.json` for `seconds`."""
        self._wrong_ports_until = self._now() + seconds

    def half_open(self) -> None:
        """Makes the present connections half open: what is sent is lost, nothing arrives."""
        self.generation += 1

    @property
    def reordering(self) -> bool:
        """Whether replies are to change places now."""
        return self._now() < self._reorder_until

    @property
    def fragmenting(self) -> bool:
        """Whether frames are to be sent in fragments now."""
        return self._now() < self._fragment_until

    @property
    def port_error(self) -> int:
        """What is to be added to the ports of `config.json` now."""
        return 1 if self._now() < self._wrong_ports_until else 0

    def time_for(self, size: int) -> float:
        """Returns how many seconds `size` bytes take now."""
        return size / self._rate if self._now() < self._slow_until else 0.0

    def copies(self, method: str) -> int:
        """Returns how many times the reply to a command is to be sent now; one that is lost is lost once."""
        if self._now() < self._mute_until:
            return 0
        if method in self._lost:
            self._lost.remove(method)
            return 0
        return 2 if self._now() < self._double_until else 1

    async def wait_while_stalled(self) -> None:
        """Returns when the stall is over; at once if there is none."""
        while self._now() < self._stalled_until:  # noqa: ASYNC110  # another stall may have come meanwhile
            await trio.sleep_until(self._stalled_until)


class FaultyStream(trio.abc.Stream):
    """A TCP stream that stalls, is slow or loses everything, as the faults say."""

    def __init__(self, stream: trio.abc.Stream, faults: Faults) -> None:
        self._stream = stream
        self._faults = faults
        self._generation = faults.generation

    async def send_all(self, data: bytes | bytearray | memoryview) -> None:
        """Sends when no stall is on, at the speed that is allowed; drops the data if the connection is half open."""
        await self._faults.wait_while_stalled()
        if self._half_open:
            return
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            if (seconds := self._faults.time_for(len(piece))) > 0:
                await trio.sleep(seconds)
            await self._stream.send_all(piece)

    async def wait_send_all_might_not_block(self) -> None:
        """Waits as the TCP stream does."""
        await self._stream.wait_send_all_might_not_block()

    async def receive_some(self, max_bytes: int | None = None) -> bytes | bytearray:
        """Receives, and returns it when no stall is on; drops the data if the connection is half open."""
        data = await self._stream.receive_some(max_bytes)
        while self._half_open and data:
            data = await self._stream.receive_some(max_bytes)
        await self._faults.wait_while_stalled()
        return data

    @property
    def _half_open(self) -> bool:
        return self._generation != self._faults.generation

    async def aclose(self) -> None:
        """Closes the TCP stream."""
        await self._stream.aclose()
