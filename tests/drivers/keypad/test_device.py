"""Choosing among input devices: the library's InputDevice is replaced by one on paper, the machine's own stay alone."""

import errno
from pathlib import Path

import evdev
import msgspec
import pytest
from trio.testing import MockClock

from drivers.errors import DeviceError, DeviceMissing
from drivers.keypad import device
from drivers.keypad.config import KeypadConfig
from drivers.keypad.device import Found, find_keypads, open_device
from drivers.keypad.keys import DIGIT_ROWS, LETTERS
from drivers.permissions import NotPermitted

NUMPAD = DIGIT_ROWS[0]
KEYBOARD = NUMPAD | DIGIT_ROWS[1] | LETTERS
TELEPHONE = frozenset(range(0x200, 0x20C))


class Paper:
    """An input device on paper, in the shape of evdev.InputDevice."""

    def __init__(
        self, name: str, keys: frozenset[int], leds: tuple[int, ...] = (), wrong: int = 0, busy: int = 0
    ) -> None:
        self.name, self.keys, self.leds, self.wrong, self.busy = name, keys, leds, wrong, busy
        self.lit: list[int] = []
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
        return {1: sorted(self.keys), 17: list(self.leds)}

    def grab(self) -> None:
        if self.busy:
            raise OSError(self.busy, "busy")
        self.grabbed = True

    def set_led(self, led: int, value: int) -> None:
        assert value == 1
        self.lit.append(led)

    def close(self) -> None:
        self.opened -= 1


class Desk(msgspec.Struct):
    """What is plugged in: /dev/input/event0, event1 and so on."""

    folder: Path
    devices: dict[str, Paper]

    def plug(self, *papers: Paper) -> None:
        for number, paper in enumerate(papers):
            path = self.folder / f"event{number}"
            path.touch()
            self.devices[str(path)] = paper


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(tmp_path, {})
    monkeypatch.setattr(evdev, "InputDevice", lambda path: desk.devices[path].open(path))
    monkeypatch.setattr(device, "INPUT_DEVICES", tmp_path)
    monkeypatch.setattr(device, "INPUT_CLASS", tmp_path / "class")
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


@pytest.mark.parametrize(("keys", "error"), [(frozenset({116}), DeviceMissing), (NUMPAD, NotPermitted)])
async def test_who_has_no_digits_is_not_in_the_way(
    desk: Desk, keys: frozenset[int], error: type[DeviceError], autojump_clock: MockClock
) -> None:
    desk.plug(Paper("Not ours to open", keys, wrong=errno.EACCES))
    bits = sum(1 << key for key in keys)
    words = [f"{bits >> 64 * place & (1 << 64) - 1:x}" for place in range(bits.bit_length() // 64 + 1)]
    capabilities = desk.folder / "class" / "event0" / "device" / "capabilities"
    capabilities.mkdir(parents=True)
    (capabilities / "key").write_text(" ".join(reversed(words)) + "\n")
    with pytest.raises(DeviceError) as refusal:
        await opened()
    assert type(refusal.value) is error


async def test_held_by_another_program(desk: Desk) -> None:
    pad = Paper("Keypad", NUMPAD, busy=errno.EBUSY)
    desk.plug(pad)
    with pytest.raises(DeviceError, match="held by another program"):
        await opened()
    assert pad.opened == 0


async def test_unplugged_while_we_look(desk: Desk) -> None:
    desk.plug(Paper("Gone", NUMPAD, wrong=errno.ENODEV), Paper("Keypad", NUMPAD))
    assert await opened() == "Keypad"


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
    desk.plug(Paper("Keyboard", KEYBOARD), Paper("Keypad", NUMPAD), Paper("Mouse", frozenset()))
    assert find_keypads(desk.folder) == [
        Found(str(desk.folder / "event1"), "Keypad", has_letters=False),
        Found(str(desk.folder / "event0"), "Keyboard", has_letters=True),
    ]
