"""One connection to a broker, from the first byte to the last: read, written and watched in bounded time.

What is said is put into one buffer, which one task writes; so nothing waits for the network where it is said, and no
two tasks write at once. A connection is lost when the stream breaks, and besides

- when nothing was heard for 1.5 times the keepalive. A ping goes out after one keepalive without a word from the
  broker, or from us, as it wants to hear from us as often.
- when the broker has taken nothing of what was written for `STALLED` seconds.

A peer that vanishes answers neither, so that it is noticed within 1.5 times the keepalive at the latest.
"""

import os
import socket
from collections.abc import Callable
from typing import Final, Never

import trio

from appliance.fleet.mqtt.link.codec import encode
from appliance.fleet.mqtt.link.packets import LinkError, Packet, Ping, Pong
from appliance.fleet.mqtt.link.reader import Reader

STALLED: Final = 15.0  # seconds
FULL: Final = 32 * 1024  # bytes that wait to be written; beyond that nothing is put but acknowledgements and pings
LARGEST: Final = 64 * 1024  # bytes of a packet from the broker, which is told so
CHUNK: Final = 16 * 1024  # bytes read at once


class LinkLost(LinkError):
    """The connection is gone."""


class Wire:
    """A stream as packets."""

    def __init__(self, stream: trio.abc.Stream, keepalive: float) -> None:
        """`keepalive`: seconds."""
        self._stream = stream
        self._keepalive = keepalive
        self._changed = trio.lowlevel.ParkingLot()  # the one who watches
        self._reader = Reader(LARGEST)
        self._out = bytearray()
        self._written = trio.lowlevel.ParkingLot()  # those who wait for room
        self._work = trio.lowlevel.ParkingLot()  # the one who writes
        self._heard = self._sent = trio.current_time()
        self.is_cut_off = False
        """Whether nothing more can be said: a packet may have been written in part."""

    def keep_alive(self, seconds: float) -> None:
        """Takes the broker's own idea of how often it wants to hear from us."""
        self._keepalive = seconds
        self._changed.unpark_all()

    def put(self, packet: Packet) -> None:
        """Has a packet written. Raises `ValueError` for one that cannot be."""
        self._out += encode(packet)
        self._sent = trio.current_time()
        self._work.unpark_all()

    async def until_room(self) -> None:
        """Returns as soon as more may be put."""
        await trio.lowlevel.checkpoint()
        while len(self._out) >= FULL:
            await self._written.park()

    async def flush(self) -> None:
        """Writes everything that was put, after `run` has been cancelled. Raises `LinkError`."""
        if self._out and not self.is_cut_off:
            await self._send(bytes(self._out))

    async def run(self, take: Callable[[Packet], None]) -> Never:
        """Reads and writes until the connection is lost; `take` gets each packet but pongs. Raises `LinkError`."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._write)
            nursery.start_soon(self._watch)
            await self._read(take)
        raise AssertionError("reading has no end")  # for mypy

    async def _write(self) -> Never:
        """Writes what is put, until the connection is lost."""
        while True:
            if not self._out:
                await self._work.park()
                continue
            chunk = bytes(self._out)
            await self._send(chunk)
            del self._out[: len(chunk)]
            self._written.unpark_all()

    async def _send(self, chunk: bytes) -> None:
        self.is_cut_off = True
        try:
            with trio.fail_after(STALLED):
                await self._stream.send_all(chunk)
        except trio.TooSlowError:
            raise LinkLost(f"the broker has taken nothing for {STALLED:g} s") from None
        except (OSError, trio.BrokenResourceError, trio.ClosedResourceError) as error:
            raise lost(error) from None
        self.is_cut_off = False

    async def _read(self, take: Callable[[Packet], None]) -> Never:
        while True:
            try:
                data = await self._stream.receive_some(CHUNK)
            except (OSError, trio.BrokenResourceError, trio.ClosedResourceError) as error:
                raise lost(error) from None
            if not data:
                raise LinkLost("the broker has closed the connection")
            self._heard = trio.current_time()
            for packet in self._reader.feed(data):
                if not isinstance(packet, Pong):
                    take(packet)

    async def _watch(self) -> Never:
        """Asks whether the broker is there where it is silent, and does not wait for ever."""
        while True:
            now, quiet_since = trio.current_time(), min(self._heard, self._sent)
            if now >= self._heard + 1.5 * self._keepalive:
                raise LinkLost(f"the broker has said nothing for {1.5 * self._keepalive:g} s")
            if now >= quiet_since + self._keepalive and self._sent + self._keepalive / 2 <= now:
                self.put(Ping())
            with trio.move_on_at(self._look_at(now)):
                await self._changed.park()

    def _look_at(self, now: float) -> float:
        lost_at = self._heard + 1.5 * self._keepalive
        asks_at = max(min(self._heard, self._sent) + self._keepalive, self._sent + self._keepalive / 2)
        return lost_at if asks_at <= now else min(lost_at, asks_at)


def lost(error: Exception) -> LinkLost:
    """Returns what a stream's error means; trio puts the system's own beneath its own."""
    cause = error.__cause__ or error
    words: object = getattr(cause, "verify_message", None) or getattr(cause, "reason", None)  # of TLS
    if not words and isinstance(cause, OSError):  # trio puts the address into the text; a name's error has no other
        words = cause.strerror if isinstance(cause, socket.gaierror) else os.strerror(cause.errno or 0)
    return LinkLost((str(words or "") or str(cause) or type(cause).__name__).lower().replace("_", " "))
