"""The firmware tells root how it is, and shows what root says of updates: real sockets, real files."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
import trio
import trio.testing

from appliance.card.update.asked import taken
from appliance.language.text import Text, verbatim
from appliance.room.in_use import is_quiet
from appliance.room.local_events.box import ServiceOffline
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.state import Phase, RoomState
from appliance.room.update import Said, Update, UpdatePhase, said
from appliance.runtime import atomic
from appliance.services.store import RoomStore
from appliance.services.update import ASKED, MOST, SOCKET, UpdateService, Wish, read_told
from tests.virtual_time import real

BACK = Update(
    installed="0.1.0",
    wanted="0.2.0",
    phase=UpdatePhase.OFFERED,
    result=said(Text("panel.version_offered", installed="0.1.0", wanted=Text("unknown"))),
    failed=True,
)


class Box(msgspec.Struct):
    folder: Path
    store: RoomStore
    service: UpdateService

    def tells(self, update: Update) -> None:
        """Writes what the update service says."""
        (self.folder / "told.json").write_bytes(msgspec.json.encode({"format": 1, "told": update, "more": [1]}))

    async def connected(self) -> trio.SocketStream:
        return await trio.open_unix_socket(str(self.folder / SOCKET))


@asynccontextmanager
async def running(folder: Path, told: Update | None = None) -> AsyncIterator[Box]:
    store = RoomStore()
    service = UpdateService(store, is_quiet, runtime=folder, state=folder, told=folder / "told.json")
    box = Box(folder, store, service)
    if told is not None:
        box.tells(told)
    with trio.fail_after(real(5)):
        async with trio.open_nursery() as nursery:
            await nursery.start(lambda task_status: service.run(task_status=task_status))
            yield box
            nursery.cancel_scope.cancel()


async def line(stream: trio.SocketStream) -> dict[str, object]:
    """The next line that comes; nothing of ours is longer than a packet."""
    text = bytes(await stream.receive_some(4096))
    assert text.endswith(b"\n")
    assert text.count(b"\n") == 1
    return msgspec.json.decode(text, type=dict[str, object])


async def test_whoever_connects_hears_the_room_at_once_and_at_each_change(tmp_path: Path) -> None:
    async with running(tmp_path) as box, await box.connected() as stream:
        assert await line(stream) == {"link": "starting", "offline": [], "busy": False}
        box.store.followed.value = RoomState(link=Link(LinkPhase.UP), phase=Phase.RINGING)
        assert await line(stream) == {"link": "up", "offline": [], "busy": True}
        box.store.apply(ServiceOffline("display"))
        assert await line(stream) == {"link": "up", "offline": ["display"], "busy": True}


async def test_what_concerns_nobody_there_is_not_sent(tmp_path: Path) -> None:
    async with running(tmp_path) as box, await box.connected() as stream:
        await line(stream)
        box.store.followed.value = RoomState(volume=0.5)
        await trio.testing.wait_all_tasks_blocked()
        box.store.followed.value = RoomState(link=Link(LinkPhase.DOWN))
        assert (await line(stream))["link"] == "down"


async def test_only_the_owner_of_the_folder_may_connect(tmp_path: Path) -> None:
    async with running(tmp_path):
        assert (tmp_path / SOCKET).stat().st_mode & 0o777 == 0o600


async def test_a_socket_that_a_former_process_left_is_replaced(tmp_path: Path) -> None:
    left = trio.socket.socket(trio.socket.AF_UNIX)
    await left.bind(str(tmp_path / SOCKET))
    left.close()
    async with running(tmp_path) as box, await box.connected() as stream:
        assert await line(stream)


async def test_too_many_are_turned_away_and_the_others_go_on(tmp_path: Path) -> None:
    async with running(tmp_path) as box:
        streams = [await box.connected() for _ in range(MOST)]
        for stream in streams:
            await line(stream)
        async with await box.connected() as one_more:
            assert await one_more.receive_some(1) == b""
        box.store.apply(ServiceOffline("display"))
        assert (await line(streams[0]))["offline"] == ["display"]
        await streams.pop().aclose()
        await trio.testing.wait_all_tasks_blocked()
        streams.append(await box.connected())
        assert await line(streams[-1])
        for stream in streams:
            await stream.aclose()


async def test_the_room_knows_what_was_said_before_it_started(tmp_path: Path) -> None:
    async with running(tmp_path, BACK) as box:
        assert box.store.state.update == BACK
        assert str(box.store.state.update.told) == "0.1.0; – is available"


async def test_a_line_makes_it_look_again(tmp_path: Path) -> None:
    async with running(tmp_path) as box, await box.connected() as stream:
        await line(stream)
        assert box.store.state.update == Update()
        box.tells(BACK)
        before = box.store.state
        await stream.send_all(b"\n")
        assert (await box.store.followed.newer_than(before)).update == BACK


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"told": 1}', b'{"told": {"phase": "unheard of"}}', b"[" * 70_000]
)
def test_a_file_that_cannot_be_read_says_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "told.json").write_bytes(content)
    assert read_told(tmp_path / "told.json") == Update()


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_bytes(msgspec.json.encode({"told": BACK}))
    (tmp_path / "told.json").symlink_to("real.json")
    assert read_told(tmp_path / "told.json") == Update()


async def test_it_asks_for_something_by_a_file_that_differs_each_time(tmp_path: Path) -> None:
    files = [b""]
    async with running(tmp_path) as box:
        for _ in range(2):
            box.service.want()
            while (content := atomic.content_of(tmp_path / ASKED) or b"") == files[-1]:
                await trio.testing.wait_all_tasks_blocked(0.01)
            files.append(content)
    files = files[1:]
    assert [msgspec.json.decode(each)["wish"] for each in files] == ["install", "install"]
    assert files[0] != files[1]


@pytest.mark.parametrize("wish", ["check", "install"])
async def test_what_somebody_asks_for_is_what_the_update_service_takes(tmp_path: Path, wish: Wish) -> None:
    async with running(tmp_path) as box:
        box.service.want(wish)
        while (found := taken(tmp_path / ASKED)) is None:
            await trio.testing.wait_all_tasks_blocked(0.01)
    assert found == wish


async def test_a_page_that_is_open_hears_that_there_is_another_version(tmp_path: Path) -> None:
    news, told = list[bool](), tmp_path / "told.json"
    service = UpdateService(
        RoomStore(), is_quiet, runtime=tmp_path, state=None, told=told, changed=lambda: news.append(True)
    )
    told.write_bytes(msgspec.json.encode({"told": BACK}))
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: service.run(task_status=task_status))
        assert news == [True]
        async with await trio.open_unix_socket(str(tmp_path / SOCKET)) as stream:
            await stream.send_all(b"look\n")
            await trio.testing.wait_all_tasks_blocked(0.1)
        assert news == [True]  # it says the same
        nursery.cancel_scope.cancel()


async def test_without_a_folder_nothing_can_be_asked_and_nothing_ends() -> None:
    service = UpdateService(RoomStore(), is_quiet, runtime=None, state=None)
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: service.run(task_status=task_status))
        service.want()
        await trio.testing.wait_all_tasks_blocked(0.1)
        nursery.cancel_scope.cancel()


def test_a_sentence_comes_back_as_it_was_kept() -> None:
    text = Text("panel.version_offered", installed="1", wanted=Text("verbatim", words="2"))
    kept = msgspec.json.decode(msgspec.json.encode(said(text)), type=Said)
    assert kept.text() == text


def test_a_sentence_of_another_version_is_said_in_english() -> None:
    assert Said("update.of_next_year", "It went well").text() == verbatim("It went well")
