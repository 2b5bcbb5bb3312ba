"""The client, with real sockets whose other end answers well, badly or not at all."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import trio
from trio.testing import MockClock

from appliance.deputy.client import Deputy, NoDeputy
from appliance.deputy.requests import Backup, Done, Journal, Made, Read, Restore, line_of

Play = Callable[[trio.SocketStream], Awaitable[object]]


async def _serve(path: Path, play: Play, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
    listening = trio.socket.socket(trio.socket.AF_UNIX)
    with listening:
        await listening.bind(str(path))
        listening.listen()
        task_status.started()
        connection, _ = await listening.accept()
        async with trio.SocketStream(connection) as stream:
            await play(stream)


async def _asked(path: Path, play: Play, ask: Callable[[Deputy], Awaitable[object]]) -> object:
    async with trio.open_nursery() as nursery:
        await nursery.start(_serve, path, play)
        try:
            return await ask(Deputy(path))
        except NoDeputy as error:
            return error
        finally:
            nursery.cancel_scope.cancel()


async def _never(_stream: trio.SocketStream) -> None:
    await trio.sleep_forever()


def _is_silent(answer: object) -> bool:
    return isinstance(answer, NoDeputy) and "gave no answer" in str(answer)


async def test_without_a_socket_it_says_what_to_do(tmp_path: Path) -> None:
    deputy = Deputy(tmp_path / "none.sock")
    assert not deputy.is_there
    with pytest.raises(NoDeputy, match=r"offhook-deputy\.socket"):
        await deputy.ask(Read())


async def test_a_socket_that_nobody_serves_is_as_none(tmp_path: Path) -> None:
    with trio.socket.socket(trio.socket.AF_UNIX) as former:
        await former.bind(str(tmp_path / "sock"))
    with pytest.raises(NoDeputy, match="is not there"):
        await Deputy(tmp_path / "sock").ask(Read())


async def test_one_that_may_not_be_reached_says_why(tmp_path: Path) -> None:
    with pytest.raises(NoDeputy, match="cannot be asked"):
        await Deputy(tmp_path / ("x" * 300)).ask(Read())


async def test_an_answer_in_many_pieces(tmp_path: Path) -> None:
    async def play(stream: trio.SocketStream) -> None:
        for byte in line_of(Done()):
            await stream.send_all(bytes([byte]))

    assert await _asked(tmp_path / "s", play, lambda deputy: deputy.ask(Read())) == Done()


async def test_the_bytes_that_follow_come_in_pieces_and_end_with_the_last(tmp_path: Path) -> None:
    content = bytes(range(256)) * 1000

    async def play(stream: trio.SocketStream) -> None:
        await stream.send_all(line_of(Made(len(content))) + content + b"more than was said")

    async def ask(deputy: Deputy) -> bytes:
        async with deputy.asking(Backup("x")) as (answer, pieces):
            assert answer == Made(len(content))
            return b"".join([piece async for piece in pieces])

    assert await _asked(tmp_path / "s", play, ask) == content


async def test_what_follows_a_request_arrives(tmp_path: Path) -> None:
    heard = bytearray()

    async def play(stream: trio.SocketStream) -> None:
        while not heard.endswith(b"backup"):
            heard.extend(await stream.receive_some())
        await stream.send_all(line_of(Done()))

    await _asked(tmp_path / "s", play, lambda deputy: deputy.ask(Restore("x", 6), b"backup"))
    assert bytes(heard) == line_of(Restore("x", 6)) + b"backup"


@pytest.mark.parametrize("said", [b"", b"no json\n", line_of(Made(4)) + b"123"])
async def test_half_an_answer_is_none(tmp_path: Path, said: bytes) -> None:
    async def ask(deputy: Deputy) -> None:
        async with deputy.asking(Journal()) as (_answer, pieces):
            async for _piece in pieces:
                pass

    assert _is_silent(await _asked(tmp_path / "s", lambda stream: stream.send_all(said), ask))


async def test_nobody_is_waited_for_longer_than_said(tmp_path: Path, autojump_clock: MockClock) -> None:
    assert _is_silent(await _asked(tmp_path / "s", _never, lambda deputy: deputy.ask(Read(), within=7)))
    assert autojump_clock.current_time() == pytest.approx(7)


async def test_what_it_refuses_without_reading_all_is_heard(tmp_path: Path) -> None:
    async def play(stream: trio.SocketStream) -> None:
        await stream.receive_some(10)
        await stream.send_all(line_of(Done()))

    answer = await _asked(tmp_path / "s", play, lambda deputy: deputy.ask(Restore("x", 4 << 20), bytes(4 << 20)))
    assert answer == Done()
