"""A room is built whole before it runs, in the order in which it starts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import trio
from trio.testing import MockClock

from appliance.config.load import parse
from appliance.config.schema import Config
from appliance.room.inputs import Key
from appliance.run.appliance import Appliance
from appliance.run.parts import Parts
from appliance.run.process import panel
from appliance.run.tables.every import ROOM
from appliance.run.tables.sharing import shared
from appliance.runtime.supervisor import Service
from appliance.services.box.hardware import Hardware
from appliance.services.box.hotplug import Plugs
from appliance.terminal.messages.calls import AppStateReply
from appliance.terminal.messages.enums import AppState
from appliance.terminal.messages.snapshot import Snapshot
from drivers.tones.fake import SilentPlayer
from tests.virtual_time import passes, real

SMALL = """
[room]
name = "Neptune"
[terminal]
host = "127.0.0.1"
"""
EVERYTHING = (
    SMALL.replace("[terminal]", 'camera = "back"\n[terminal]')
    + """
[buttons.mute]
pin = 17
press = "mute"
[encoders.volume]
a = 23
b = 24
[lamps.ringing]
pin = 5
[keypads.keypad]
[keypads.lectern]
device = "1-1.2"
[readers.badge]
device = "1-1.3"
[speakerphones.speakerphone]
[joysticks.joystick]
port = "/dev/null"
[visca.network]
transport = "sony-udp"
listen = "127.0.0.1:52381"
allow = ["127.0.0.1"]
discovery = "255.255.255.255:52380"
[cameras.back]
line = "tcp://127.0.0.1:1"
number = 2
[far_end]
number = 7
[tones]
[display]
[panel]
listen = "127.0.0.1:0"
"""
)


def config(text: str) -> Config:
    return parse(text, Path("room.toml"))


def names(appliance: Appliance) -> list[str]:
    return [service.name for service in appliance.services]


async def watch(_subsystems: Sequence[str]) -> Plugs:
    raise NotImplementedError


def test_a_room_has_the_services_that_its_configuration_asks_for_and_no_other() -> None:
    built = names(Appliance(config(SMALL), Hardware(watch=watch)))
    assert {"link", "controller"} <= set(built)
    assert not {"display", "lamps", "presets", "hotplug", "panel"} & set(built)
    assert not [name for name in built if name.startswith(("button", "encoder", "lamp"))]


def test_services_start_in_the_order_in_which_people_notice_them() -> None:
    hardware = Hardware(watch=watch, tones=lambda _config: SilentPlayer())
    built = names(Appliance(config(EVERYTHING), hardware, (*ROOM, panel)))
    shows = ["display", "lamps", "lamp ringing", "tones", "speakerphone"]
    touched = ["button mute", "encoder volume", "keypad", "keypad lectern", "reader badge"]
    cameras = ["lent camera", "presets back", "camera back", "far camera", "joystick", "visca network"]
    last = ["discovery network", "panel", "hotplug"]
    assert built[: len(shows)] == shows
    assert [name for name in built if name in {*touched, *cameras, *last}] == [*touched, *cameras, *last]
    assert built.index("link") < built.index("controller") < built.index("button mute")
    assert len(set(built)) == len(built)  # a name is what the display and systemd call it by


SHARE = """
[share]
listen = "127.0.0.1:0"
allow = ["127.0.0.1"]
[share.clients.board]
role = "read"
pin = "471100"
"""


def test_the_session_is_shared_where_there_is_a_folder_for_it_and_on_the_network_where_that_is_configured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def built(text: str) -> list[str]:
        return names(Appliance(config(text), Hardware(), (shared,)))

    monkeypatch.delenv("RUNTIME_DIRECTORY", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    assert built(SMALL) == []
    assert built(SMALL + SHARE) == ["sharing", "network sharing"]
    monkeypatch.setenv("RUNTIME_DIRECTORY", str(tmp_path))
    assert built(SMALL) == ["sharing"]


def test_without_a_watch_for_plugs_nothing_waits_for_them() -> None:
    assert "hotplug" not in names(Appliance(config(EVERYTHING), Hardware(tones=lambda _config: SilentPlayer())))


def test_a_new_table_is_one_more_function_in_the_list() -> None:
    async def run(*, task_status: trio.TaskStatus[None]) -> None:
        task_status.started()

    def bell(parts: Parts) -> Iterator[Service]:
        if parts.config.room.name == "Neptune":
            yield Service("bell", run, wakes_on="usb")

    built = names(Appliance(config(SMALL), Hardware(watch=watch), (*ROOM, bell)))
    assert built[-2:] == ["bell", "hotplug"]


async def test_a_room_that_is_stopped_before_it_runs_runs_nothing(autojump_clock: MockClock) -> None:
    ran = []

    async def run(*, task_status: trio.TaskStatus[None]) -> None:
        ran.append(1)
        task_status.started()
        await trio.sleep_forever()

    appliance = Appliance(config(SMALL), Hardware(), [lambda _parts: [Service("bell", run)]])
    appliance.stop()
    with trio.fail_after(0.1):
        async with trio.open_nursery() as nursery:
            await nursery.start(appliance.run)
    assert ran == []
    assert appliance.store.state.halted


async def test_a_room_that_is_stopped_while_it_starts_ends(autojump_clock: MockClock) -> None:
    async def slow(*, task_status: trio.TaskStatus[None]) -> None:
        await trio.sleep_forever()

    appliance = Appliance(config(SMALL), Hardware(), [lambda _parts: [Service(f"slow {n}", slow) for n in range(5)]])
    with trio.fail_after(real(2)):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(appliance.run)
            await passes(1.5)
            appliance.stop()


async def test_what_is_built_works_before_anything_runs() -> None:
    parts = Appliance(config(SMALL), Hardware()).parts
    parts.store.apply(Snapshot(app_state=AppStateReply(app_state=AppState.READY)))
    parts.controller.put(Key("5"))
    assert parts.store.state.number == "5"
