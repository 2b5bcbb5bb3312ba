"""What udev tells: by a socket of our own in place of pyudev's, and once by pyudev itself."""

import errno
import socket
from collections.abc import Iterator

import pytest
import trio
from trio.testing import MockClock

from drivers.hotplug import AT_ONCE, TOGETHER, Event, Plugs, Unavailable, watch
from tests.virtual_time import passes


class Said:
    def __init__(self, said: str) -> None:
        self.action, _, self.subsystem = said.partition(" ")


class Paper:
    """In the shape of pyudev.Monitor: an event is a datagram such as "add hidraw"."""

    def __init__(self) -> None:
        self.near, self.far = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.near.setblocking(False)
        self.wrong: OSError | None = None

    def tell(self, *events: str) -> None:
        for event in events:
            self.far.send(event.encode())

    def fileno(self) -> int:
        return self.near.fileno()

    def poll(self, timeout: float) -> Event | None:
        assert timeout == 0, "the loop must not wait"
        if self.wrong is not None:
            error, self.wrong = self.wrong, None
            raise error
        try:
            return Said(self.near.recv(100).decode())
        except BlockingIOError:
            return None


@pytest.fixture
def udev() -> Iterator[Paper]:
    paper = Paper()
    yield paper
    paper.near.close()
    paper.far.close()


@pytest.fixture
def plugs(udev: Paper) -> Plugs:
    return Plugs(udev, ["hidraw", "input", "tty"])


async def test_what_is_plugged_in_together_is_told_together(
    udev: Paper, plugs: Plugs, autojump_clock: MockClock
) -> None:
    udev.tell("add input", "add input")
    async with trio.open_nursery() as nursery:

        @nursery.start_soon
        async def a_moment_later() -> None:
            await passes(TOGETHER / 2)
            udev.tell("add hidraw")

        assert await plugs.next() == {"input", "hidraw"}


async def test_only_what_is_added_counts(udev: Paper, plugs: Plugs, autojump_clock: MockClock) -> None:
    udev.tell("remove hidraw", "change tty", "bind input")
    with trio.move_on_after(1) as scope:
        await plugs.next()
    assert scope.cancelled_caught
    udev.tell("add tty")
    assert await plugs.next() == {"tty"}


async def test_a_flood_is_taken_in_a_part_at_a_time(udev: Paper, plugs: Plugs, autojump_clock: MockClock) -> None:
    udev.far.setblocking(False)
    sent = 0
    try:
        while sent < 2 * AT_ONCE:
            udev.tell("add input")
            sent += 1
    except BlockingIOError:
        pass  # as much as a socket holds
    while sent > 0:
        assert await plugs.next() == {"input"}
        sent -= AT_ONCE


async def test_lost_events_may_have_been_anything(udev: Paper, plugs: Plugs, autojump_clock: MockClock) -> None:
    udev.wrong = OSError(errno.ENOBUFS, "No buffer space available")
    udev.tell("add tty")
    assert await plugs.next() == {"hidraw", "input", "tty"}
    assert await plugs.next() == {"tty"}


async def test_what_is_wrong_otherwise_is_the_end(udev: Paper, plugs: Plugs, autojump_clock: MockClock) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as refused:
        refused.connect(port)
        refused.send(b"x")
        udev.fileno = refused.fileno  # type: ignore[method-assign]  # a socket with an error on it, as pyudev leaves it
        udev.wrong = OSError("Error while polling fd: 3")
        with pytest.raises(Unavailable, match="udev tells no more: Connection refused"):
            await plugs.next()
    del udev.fileno
    udev.wrong = OSError("Error while polling fd: 3")
    udev.tell("add tty")
    with pytest.raises(Unavailable, match="udev tells no more: Error while polling"):
        await plugs.next()


async def test_pyudev_is_followed_without_a_thread_and_is_quiet_here() -> None:
    plugs = await watch(["hidraw", "input"])
    with trio.move_on_after(0) as scope:
        await plugs.next()
    assert scope.cancelled_caught


async def test_without_libudev_it_cannot_be_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    import pyudev  # noqa: PLC0415  # only here

    def missing(*_: object) -> None:
        raise ImportError("No library named udev")

    monkeypatch.setattr(pyudev, "Context", missing)
    with pytest.raises(Unavailable, match="udev cannot be heard: No library named udev"):
        await watch(["input"])
