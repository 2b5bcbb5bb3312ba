"""Choosing among input devices: sysfs made of files, the library's InputDevice on paper; nothing real is touched."""

import errno
import os
from pathlib import Path

import evdev
import msgspec
import pytest
from trio.testing import MockClock

from drivers.claims import Claims
from drivers.errors import DeviceError, DeviceMissing
from drivers.keypad import device
from drivers.keypad.config import KeypadConfig
from drivers.keypad.device import open_device
from drivers.keypad.found import find_keypads
from drivers.keypad.keys import DIGIT_ROWS, LETTERS

NUMPAD = DIGIT_ROWS[0]
KEYBOARD = NUMPAD | DIGIT_ROWS[1] | LETTERS
TELEPHONE = frozenset(range(0x200, 0x20C))


class Paper:
    """An input device on paper, in the shape of evdev.InputDevice."""

    def __init__(
        self,
        name: str,
        keys: frozenset[int],
        leds: tuple[int, ...] = (),
        wrong: int = 0,
        busy: int = 0,
        *,
        port: str = "",
        product: str = "0000:0000",
        interface: str = "",
        lit: tuple[int, ...] = (),
        rel: tuple[int, ...] = (),
        bus: str = "0003",
    ) -> None:
        self.name, self.keys, self.lamps, self.wrong, self.busy = name, keys, leds, wrong, busy
        self.port, self.product, self.bus = port, product, bus
        self.interface, self.rel = interface, frozenset(rel)
        self.lit = list(lit)
        self.grabbed = False
        self.opened = 0
        self.path = ""

    def open(self, path: str) -> "Paper":
        if self.wrong:
            raise OSError(self.wrong, "wrong", path)
        self.opened += 1
        self.path = path
        return self

    def capabilities(self) -> dict[int, list[int]]:
        return {1: sorted(self.keys), 17: list(self.lamps)}

    def grab(self) -> None:
        if self.busy:
            raise OSError(self.busy, "busy")
        self.grabbed = True

    def set_led(self, led: int, value: int) -> None:
        (self.lit.append if value else self.lit.remove)(led)

    def leds(self) -> list[int]:
        return self.lit

    def close(self) -> None:
        self.opened -= 1


class Desk(msgspec.Struct):
    """What is plugged in: /dev/input/event0, event1 and so on, and what /sys/class/input says of them."""

    folder: Path
    devices: dict[str, Paper]

    @property
    def classes(self) -> Path:
        return self.folder.parent / "class"

    def plug(self, *papers: Paper) -> None:
        for paper in papers:
            path = self.folder / f"event{len(self.devices)}"
            path.touch()
            self.devices[str(path)] = paper
            self._tell(path.name, paper)

    def _tell(self, event: str, paper: Paper) -> None:
        hub = self.folder.parent / "usb1" / paper.port if paper.port else self.folder.parent / "virtual"
        about = hub / paper.interface / "input" / event / "device"
        for place, text in {
            "name": paper.name,
            "id/bustype": paper.bus,
            "id/vendor": paper.product[:4],
            "id/product": paper.product[5:],
            "capabilities/key": bitmap(paper.keys),
            "capabilities/rel": bitmap(paper.rel),
        }.items():
            (about / place).parent.mkdir(parents=True, exist_ok=True)
            (about / place).write_text(f"{text}\n")
        self.classes.mkdir(exist_ok=True)
        (self.classes / event).symlink_to(about.parent)


def bitmap(keys: frozenset[int]) -> str:
    """As sysfs prints one: words of 64 bits, the highest first."""
    bits = sum(1 << key for key in keys)
    words = [f"{bits >> 64 * place & (1 << 64) - 1:x}" for place in range(bits.bit_length() // 64 + 1)]
    return " ".join(reversed(words))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    (tmp_path / "input").mkdir()
    desk = Desk(tmp_path / "input", {})
    monkeypatch.setattr(evdev, "InputDevice", lambda path: desk.devices[path].open(path))
    monkeypatch.setattr(device, "INPUT_DEVICES", desk.folder)
    monkeypatch.setattr(device, "INPUT_CLASS", desk.classes)
    return desk


async def opened(name: str = "auto", **more: bool) -> str:
    async with open_device(KeypadConfig(device=name, **more)) as keypad:
        return keypad.name


async def test_auto_takes_what_has_digits_and_no_letters(desk: Desk) -> None:
    pad = Paper("USB Keypad", NUMPAD, leds=(0, 1))
    desk.plug(Paper("Power Button", frozenset({116})), Paper("Keyboard", KEYBOARD), Paper("Phone", TELEPHONE), pad)
    assert await opened() == "USB Keypad"
    assert pad.grabbed
    assert pad.lit == [0]
    assert all(paper.opened == 0 for paper in desk.devices.values())


async def test_keyboard_only_when_named(desk: Desk) -> None:
    desk.plug(Paper("HCT Keyboard", KEYBOARD))
    with pytest.raises(DeviceMissing, match="must be named as device: HCT Keyboard"):
        await opened()
    assert await opened("hct") == "HCT Keyboard"


async def test_first_of_several(desk: Desk) -> None:
    desk.plug(*[Paper(f"Keypad {number}", NUMPAD) for number in range(12)])
    assert await opened() == "Keypad 0"
    assert await opened("keypad 10") == "Keypad 10"


async def test_by_path(desk: Desk) -> None:
    desk.plug(Paper("Keyboard", KEYBOARD), Paper("Other", KEYBOARD))
    assert await opened(str(desk.folder / "event1")) == "Other"


async def test_not_grabbed_when_told_so(desk: Desk) -> None:
    pad = Paper("Keypad", NUMPAD)
    desk.plug(pad)
    assert await opened(grab=False) == "Keypad"
    assert not pad.grabbed


async def test_num_lock_of_a_telephone_is_left_alone(desk: Desk) -> None:
    phone = Paper("Phone with keys", NUMPAD, leds=(0, 7))
    desk.plug(phone)
    await opened()
    assert phone.lit == []


async def test_caps_lock_is_put_out(desk: Desk) -> None:
    pad = Paper("Reader", KEYBOARD, leds=(0, 1, 2), lit=(1, 2))
    desk.plug(pad)
    await opened("reader")
    assert pad.lit == [2, 0]


async def test_nothing_there(desk: Desk) -> None:
    desk.plug(Paper("Mouse", frozenset({272})))
    with pytest.raises(DeviceMissing, match="no keypad found"):
        await opened()
    with pytest.raises(DeviceMissing, match="named 'numpad'"):
        await opened("numpad")


async def test_no_permission_names_the_group(desk: Desk, autojump_clock: MockClock) -> None:
    desk.plug(Paper("Keypad", NUMPAD, wrong=errno.EACCES))
    with pytest.raises(DeviceError, match=r"no permission to open .*event0: it belongs to group \w+"):
        await opened()


async def test_who_has_no_digits_is_not_in_the_way(desk: Desk) -> None:
    desk.plug(Paper("Power Button", frozenset({116}), wrong=errno.EACCES))
    with pytest.raises(DeviceMissing):
        await opened()


async def test_one_that_may_be_opened_is_before_one_that_may_not(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.plug(Paper("Infrared receiver", NUMPAD, wrong=errno.EACCES), Paper("Keypad", NUMPAD))
    monkeypatch.setattr(os, "access", lambda path, _mode: not str(path).endswith("event0"))  # tests may run as root
    assert await opened() == "Keypad"


async def test_held_by_another_program(desk: Desk) -> None:
    pad = Paper("Keypad", NUMPAD, busy=errno.EBUSY)
    desk.plug(pad)
    with pytest.raises(DeviceError, match="held by another program"):
        await opened()
    assert pad.opened == 0


async def test_unplugged_while_we_look(desk: Desk) -> None:
    desk.plug(Paper("Gone", NUMPAD), Paper("Keypad", NUMPAD))
    (desk.classes / "event0" / "device" / "name").unlink()
    assert await opened() == "Keypad"


async def test_unplugged_after_we_looked(desk: Desk) -> None:
    desk.plug(Paper("Gone", NUMPAD, wrong=errno.ENODEV))
    with pytest.raises(DeviceMissing, match=f"no keypad at {desk.folder}/event0"):
        await opened()


async def test_unplugged_while_grabbed(desk: Desk) -> None:
    desk.plug(Paper("Keypad", NUMPAD, busy=errno.ENODEV))
    with pytest.raises(DeviceMissing, match="went away"):
        await opened()


async def test_path_that_is_not_there() -> None:
    with pytest.raises(DeviceMissing, match="/dev/input/by-id/nothing"):
        await opened("/dev/input/by-id/nothing")


async def test_file_that_is_no_device(tmp_path: Path) -> None:
    path = tmp_path / "event0"
    path.touch()
    with pytest.raises(DeviceError, match="no input device"):
        await opened(str(path))


def test_list_for_people(desk: Desk) -> None:
    pad = Paper("Keypad", NUMPAD, port="1-1.3", product="04d9:1203")
    desk.plug(Paper("Keyboard", KEYBOARD), pad, Paper("Mouse", frozenset()))
    first, second = find_keypads(desk.folder, desk.classes)
    assert first.path == f"{desk.folder}/event1"
    assert (first.name, first.product, first.port) == ("Keypad", "04d9:1203", "1-1.3")
    assert (first.has_digits, first.has_letters) == (True, False)
    assert first.symbols == frozenset("0123456789")
    assert (second.name, second.has_letters, second.product, second.port) == ("Keyboard", True, "", "")
    assert all(paper.opened == 0 for paper in desk.devices.values())


async def test_by_port_and_by_product(desk: Desk) -> None:
    desk.plug(
        Paper("Left", NUMPAD, port="1-1.2", product="04d9:1203"),
        Paper("Right", NUMPAD, port="1-1.10", product="04d9:a02a"),
        Paper("Reader", KEYBOARD, port="3-1", product="ffff:0035"),
    )
    assert await opened("1-1.10") == "Right"
    assert await opened("04D9:A02A") == "Right"
    assert await opened("3-1") == "Reader"
    with pytest.raises(DeviceMissing, match=r"no keypad at USB port 1-1\.1; .*\(Left\) is in USB port 1-1\.2;"):
        await opened("1-1.1")
    with pytest.raises(DeviceMissing, match="no keypad 04d9:0000 found"):
        await opened("04d9:0000")


async def test_the_order_is_that_of_the_ports(desk: Desk) -> None:
    desk.plug(*[Paper(port, NUMPAD, port=port) for port in ("3-1", "1-1.10", "1-1.2")], Paper("nowhere", NUMPAD))
    assert [each.name for each in find_keypads(desk.folder, desk.classes)] == ["1-1.2", "1-1.10", "3-1", "nowhere"]


async def test_a_radio_is_in_no_port_whatever_it_hangs_on(desk: Desk) -> None:
    desk.plug(Paper("Bluetooth keypad", NUMPAD, port="1-1.2/1-1.2:1.0/bluetooth/hci0"))
    assert find_keypads(desk.folder, desk.classes)[0].port == ""


async def test_two_on_auto_take_one_each_and_a_third_is_told_who_has_them(desk: Desk) -> None:
    desk.plug(Paper("Far", NUMPAD, port="1-1.4"), Paper("Near", NUMPAD, port="1-1.3"))
    claims = Claims({"a": "auto", "b": "auto", "c": "auto"})
    async with (
        open_device(KeypadConfig(), claims.claim("a")) as first,
        open_device(KeypadConfig(), claims.claim("b")) as second,
    ):
        assert (first.name, second.name) == ("Near", "Far")
        with pytest.raises(
            DeviceMissing, match=r"no keypad found; .*event1 is used by a already; .*event0 is used by b"
        ):
            await open_device(KeypadConfig(), claims.claim("c")).__aenter__()
    assert [paper.opened for paper in desk.devices.values()] == [0, 0]
    async with open_device(KeypadConfig(), claims.claim("c")) as third:
        assert third.name == "Near"  # free again


async def test_auto_leaves_what_another_names_alone_even_while_that_is_away(desk: Desk) -> None:
    desk.plug(Paper("Keypad", NUMPAD, port="1-1.3"))
    claims = Claims({"door": "1-1.3", "table": "auto"})
    with pytest.raises(DeviceMissing, match="event0 is meant for door"):
        await open_device(KeypadConfig(), claims.claim("table")).__aenter__()
    async with open_device(KeypadConfig(device="1-1.3"), claims.claim("door")) as door:
        assert door.name == "Keypad"


async def test_what_could_not_be_opened_is_free_for_the_next_try(desk: Desk) -> None:
    pad = Paper("Keypad", NUMPAD, busy=errno.EBUSY)
    desk.plug(pad)
    claim = Claims().claim("pad")
    for _ in range(2):
        with pytest.raises(DeviceError, match="held by another program"):
            await open_device(KeypadConfig(), claim).__aenter__()
    pad.busy = 0
    async with open_device(KeypadConfig(), claim) as keypad:
        assert keypad.name == "Keypad"
