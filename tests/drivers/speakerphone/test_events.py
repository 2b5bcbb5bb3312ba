"""Which input devices belong to a speakerphone, and that each key is heard once; named pipes stand for them."""

import errno
import os
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from trio.testing import MockClock

from drivers.keypad.key_events import EV_KEY, EV_SYN, INPUT_EVENT, SYN_DROPPED, SYN_REPORT
from drivers.speakerphone import events
from drivers.speakerphone.descriptor import parse
from drivers.speakerphone.events import KEY_VOLUMEDOWN, KEY_VOLUMEUP, Events, VolumeKeys, find, hold
from drivers.speakerphone.requests import VolumeKey
from tests.drivers.speakerphone import descriptors as hid
from tests.virtual_time import real

WITH_VOLUME, WITHOUT = parse(hid.GENERIC), parse(hid.YEALINK_LIKE)
VOLUME_BITS = f"{1 << KEY_VOLUMEUP - 64 | 1 << KEY_VOLUMEDOWN - 64:x} 0"
MICMUTE_BITS = f"{1 << 248 - 192:x} 0 0 0"


@pytest.fixture
def clock() -> MockClock:
    return MockClock(autojump_threshold=real(0.02))


class Machine:
    """USB device 1-1.3 with two HID interfaces, as /sys has it; hidraw is the second's."""

    def __init__(self, root: Path) -> None:
        usb = root / "devices" / "usb1" / "1-1" / "1-1.3"
        self.consumer, self.hid = usb / "1-1.3:1.0" / "0003:0B0E:0412.0001", usb / "1-1.3:1.3" / "0003:0B0E:0412.0002"
        self.dev = root / "dev"
        for folder in (self.consumer, self.hid, self.dev / "input"):
            folder.mkdir(parents=True)

    def input(self, hid: Path, number: int, keys: str) -> str:
        device = hid / "input" / f"input{number}"
        (device / f"event{number}").mkdir(parents=True)
        (device / f"event{number}" / "device").symlink_to(device)
        (device / "capabilities").mkdir()
        (device / "capabilities" / "key").write_text(keys)
        path = self.dev / "input" / f"event{number}"
        os.mkfifo(path)
        return str(path)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_reports_that_carry_the_volume_are_its_only_source(machine: Machine) -> None:
    own = machine.input(machine.hid, 5, VOLUME_BITS)
    machine.input(machine.consumer, 4, VOLUME_BITS)
    assert find(machine.hid, machine.dev, WITH_VOLUME) == Events((own,), "")


def test_otherwise_it_is_the_interfaces_own_input_device(machine: Machine) -> None:
    machine.input(machine.consumer, 4, VOLUME_BITS)
    mute = machine.input(machine.hid, 5, MICMUTE_BITS)
    volume = machine.input(machine.hid, 10, VOLUME_BITS)
    assert find(machine.hid, machine.dev, WITHOUT) == Events((mute, volume), volume)


def test_or_that_of_another_interface_of_the_same_usb_device(machine: Machine) -> None:
    mute = machine.input(machine.hid, 5, MICMUTE_BITS)
    machine.input(machine.consumer, 3, MICMUTE_BITS)
    volume = machine.input(machine.consumer, 4, VOLUME_BITS)
    assert find(machine.hid, machine.dev, WITHOUT) == Events((mute,), volume)


def test_a_device_on_no_usb_port_has_no_other_interfaces(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    lone = tmp_path / "devices" / "virtual" / "uhid" / "0003:1209:0F11.0001"
    lone.mkdir(parents=True)
    machine.input(machine.consumer, 4, VOLUME_BITS)
    assert find(lone, machine.dev, WITHOUT) == Events()


@pytest.mark.parametrize("keys", ["", "zz", "0", f"{1 << KEY_VOLUMEUP - 64:x} 0"])
def test_keys_that_are_no_volume_keys(machine: Machine, keys: str) -> None:
    machine.input(machine.hid, 5, keys)
    assert find(machine.hid, machine.dev, WITHOUT).volume == ""


async def test_all_are_held_and_let_go(machine: Machine, clock: MockClock, monkeypatch: pytest.MonkeyPatch) -> None:
    grabbed = []
    monkeypatch.setattr(
        "drivers.speakerphone.events.fcntl.ioctl", lambda fd, request, on: grabbed.append((fd, request, on))
    )
    machine.input(machine.hid, 5, MICMUTE_BITS)
    volume = machine.input(machine.consumer, 4, VOLUME_BITS)
    async with hold(machine.hid, machine.dev, WITHOUT) as fd:
        assert fd is not None
        assert Path(f"/proc/self/fd/{fd}").samefile(volume)  # noqa: ASYNC240  # memory, not a disk
        assert sorted(request for _, request, _ in grabbed) == [0x40044590] * 2
        assert len({fd for fd, _, _ in grabbed}) == 2
    with pytest.raises(OSError, match=os.strerror(errno.EBADF)):
        os.fstat(fd)


async def test_held_by_another_program_is_said(machine: Machine, clock: MockClock) -> None:
    machine.input(machine.hid, 5, VOLUME_BITS)  # a pipe, which refuses to be held
    with capture_logs() as logs:
        async with hold(machine.hid, machine.dev, WITH_VOLUME) as fd:
            assert fd is None
    assert [line["event"] for line in logs] == ["speakerphone_keys_not_held"]


async def test_an_input_device_that_comes_a_little_later_is_waited_for(
    machine: Machine, clock: MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []

    def look(*given: object) -> Events:
        looked.append(given)
        if len(looked) == 3:
            machine.input(machine.consumer, 4, VOLUME_BITS)
        return find(machine.hid, machine.dev, WITHOUT)

    monkeypatch.setattr(events, "find", look)
    async with hold(machine.hid, machine.dev, WITHOUT) as fd:
        assert fd is not None
    assert len(looked) == 3


async def test_a_speakerphone_without_volume_keys_is_not_waited_for_long(machine: Machine, clock: MockClock) -> None:
    with capture_logs() as logs:
        async with hold(machine.hid, machine.dev, WITHOUT) as fd:
            assert fd is None
    assert logs == []


async def test_what_may_not_be_opened_is_said_once(machine: Machine, clock: MockClock) -> None:
    os.unlink(machine.input(machine.hid, 5, MICMUTE_BITS))  # noqa: PTH108  # the helper returns a string
    with capture_logs() as logs:
        async with hold(machine.hid, machine.dev, WITH_VOLUME) as fd:
            assert fd is None
    assert [(line["event"], line["error"]) for line in logs] == [
        ("speakerphone_keys_not_held", os.strerror(errno.ENOENT))
    ]


def event(kind: int, code: int, value: int) -> bytes:
    return INPUT_EVENT.pack(0, 0, kind, code, value)


def test_what_the_kernel_dropped_is_let_go() -> None:
    keys = VolumeKeys()
    down = event(EV_KEY, KEY_VOLUMEUP, 1) + event(EV_SYN, SYN_REPORT, 0)
    assert keys.heard(down) == [VolumeKey(1)]
    assert keys.heard(event(EV_SYN, SYN_DROPPED, 0) + event(EV_SYN, SYN_REPORT, 0)) == []
    assert keys.heard(down) == [VolumeKey(1)]
    assert keys.heard(down) == []  # it is down: what was let go was let go once
