"""Devices with several event nodes, and devices without digits: what is opened, and what is said of those left out."""

import errno
from pathlib import Path

import pytest
import trio
from trio.testing import MockClock

from drivers.claims import Claims
from drivers.errors import DeviceError, DeviceMissing
from drivers.keypad.choice import SHOWN
from drivers.keypad.codes import CODES
from drivers.keypad.config import KeypadConfig
from drivers.keypad.device import locate, open_device
from drivers.keypad.found import find_inputs, find_keypads
from drivers.keypad.nodes import has_all_nodes
from tests.drivers.keypad.test_device import KEYBOARD, NUMPAD, Desk, Paper, desk
from tests.drivers.speakerphone import descriptors as hid

__all__ = ["desk"]

CONSUMER = frozenset({CODES["KEY_CALC"], CODES["KEY_VOLUMEUP"], CODES["KEY_VOLUMEDOWN"]})
SYSTEM = frozenset({CODES["KEY_SLEEP"], CODES["KEY_WAKEUP"], CODES["KEY_POWER"]})
MOUSE = frozenset(range(0x110, 0x120))
PEDAL = frozenset(CODES[f"KEY_F{number}"] for number in (14, 15, 16))
VOLUME_ONLY = frozenset({CODES["KEY_VOLUMEUP"], CODES["KEY_VOLUMEDOWN"]})


def keyboard(port: str = "1-1.3", product: str = "1a2c:0e24", keys: frozenset[int] = NUMPAD) -> list[Paper]:
    """A keypad as many are: digits, consumer keys, system keys and a pointer, all on one USB device."""
    parts = (("", "0", keys), (" Consumer Control", "1", CONSUMER), (" System Control", "1", SYSTEM))
    papers = [
        Paper(f"SEM Keypad{name}", part, port=port, product=product, interface=f"{port}:1.{interface}/0003:{interface}")
        for name, interface, part in parts
    ]
    return [*papers, Paper("SEM Keypad Mouse", MOUSE, port=port, product=product, rel=(0, 1, 8))]


def telephone(desk: Desk, port: str, descriptor: bytes, *nodes: Paper) -> None:
    """A speakerphone whose HID interface has these nodes."""
    folder = f"{port}:1.3/0003:0B0E:0412.0001"
    where = desk.folder.parent / "usb1" / port / folder
    where.mkdir(parents=True)
    (where / "report_descriptor").write_bytes(descriptor)
    for node in nodes:
        node.port, node.interface = port, folder
    desk.plug(*nodes)
    for event in where.glob("input/event*"):  # the kernel has input/inputN/eventM
        inner = where / "input" / "input7"
        inner.mkdir(exist_ok=True)
        (inner / event.name).symlink_to(event)


def phone(name: str = "Jabra", keys: frozenset[int] = VOLUME_ONLY) -> Paper:
    return Paper(name, keys, product="0b0e:0412")


async def opened(device: str, claims: Claims | None = None, entry: str = "") -> list[str]:
    async with open_device(KeypadConfig(device=device), (claims or Claims()).claim(entry)) as keypad:
        return [node.name for node in keypad.nodes]


def missing(desk: Desk, device: str) -> str:
    with pytest.raises(DeviceMissing) as caught:
        locate(KeypadConfig(device=device), Claims().claim(), desk.folder, desk.classes)
    return str(caught.value).replace(f"{desk.folder}/", "")


class TestAllNodes:
    @pytest.mark.parametrize("device", ["auto", "1-1.3", "1a2c:0e24", "sem keypad", "consumer control"])
    async def test_are_opened_and_grabbed_but_for_a_pointer(self, desk: Desk, device: str) -> None:
        desk.plug(*keyboard())
        assert await opened(device) == ["SEM Keypad", "SEM Keypad Consumer Control", "SEM Keypad System Control"]
        assert [paper.grabbed for paper in desk.devices.values()] == [True, True, True, False]
        assert all(paper.opened == 0 for paper in desk.devices.values())

    async def test_digits_come_first_wherever_they_are(self, desk: Desk) -> None:
        desk.plug(*reversed(keyboard()))
        assert (await opened("auto"))[0] == "SEM Keypad"

    async def test_a_path_means_the_device_that_has_this_node(self, desk: Desk) -> None:
        desk.plug(*keyboard())
        assert await opened(f"{desk.folder}/event1") == [
            "SEM Keypad Consumer Control",
            "SEM Keypad",
            "SEM Keypad System Control",
        ]
        assert (await opened(f"{desk.folder}/event3"))[0] == "SEM Keypad Mouse"  # whatever it has

    @pytest.mark.parametrize("wrong", [{"busy": errno.EBUSY}, {"wrong": errno.ENODEV}])
    async def test_none_stays_open_when_one_cannot_be_had(self, desk: Desk, wrong: dict[str, int]) -> None:
        papers = keyboard()
        vars(papers[1]).update(wrong)
        desk.plug(*papers)
        with pytest.raises(DeviceError, match="event1"):
            await opened("auto")
        assert all(paper.opened == 0 for paper in papers)

    async def test_letters_on_any_of_them_make_it_a_keyboard(self, desk: Desk) -> None:
        desk.plug(*keyboard(), Paper("SEM Keypad Keyboard", KEYBOARD, port="1-1.3", product="1a2c:0e24"))
        assert "has letters too" in missing(desk, "auto")

    async def test_two_devices_behind_one_radio_receiver_are_two(self, desk: Desk) -> None:
        desk.plug(Paper("K400", KEYBOARD, port="1-1.3", product="046d:4024"))
        desk.plug(Paper("N545", NUMPAD, port="1-1.3", product="046d:4067"))
        assert await opened("auto") == ["N545"]

    async def test_nodes_of_one_bluetooth_keypad_belong_together(self, desk: Desk) -> None:
        port = "1-1.2/1-1.2:1.0/bluetooth/hci0/0005:05AC:0239.0001"
        desk.plug(*[Paper(name, keys, port=port) for name, keys in (("Pad", NUMPAD), ("Pad Consumer", CONSUMER))])
        assert await opened("auto") == ["Pad", "Pad Consumer"]


class TestClaims:
    async def test_who_names_one_node_has_the_whole_device(self, desk: Desk) -> None:
        desk.plug(*keyboard())
        claims = Claims({"vague": "auto", "exact": f"{desk.folder}/event1"})
        with pytest.raises(DeviceMissing, match="event0 is meant for exact"):
            await opened("auto", claims, "vague")
        async with open_device(KeypadConfig(device=f"{desk.folder}/event1"), claims.claim("exact")):
            with pytest.raises(DeviceMissing, match="is used by exact already"):
                await opened("auto", claims, "vague")

    async def test_two_nodes_of_one_device_are_not_for_two(self, desk: Desk) -> None:
        port = "1-1.2/1-1.2:1.0/bluetooth/hci0/0005:05AC:0239.0001"
        desk.plug(*[Paper(name, keys, port=port) for name, keys in (("Pad", NUMPAD), ("Pad Consumer", CONSUMER))])
        claims = Claims()
        async with open_device(KeypadConfig(device=f"{desk.folder}/event0"), claims.claim("a")):
            with pytest.raises(DeviceMissing, match="event1 is used by a already"):
                await opened(f"{desk.folder}/event1", claims, "b")


class TestPluggedInJustNow:
    """The kernel probes one interface after the other."""

    def interfaces(self, usb: Path, expected: int, *ready: bool) -> None:
        (usb / "bNumInterfaces").write_text(f" {expected}\n")
        for number, has_hidraw in enumerate(ready):
            interface = usb / f"{usb.name}:1.{number}"
            (interface / "0003:1A2C:0E24.0001" / "hidraw" / "hidraw0").mkdir(parents=True, exist_ok=True)
            if not has_hidraw:
                (interface / "0003:1A2C:0E24.0001" / "hidraw" / "hidraw0").rmdir()
            (interface / "bInterfaceClass").write_text("03\n")

    def test_whether_all_nodes_are_there(self, tmp_path: Path) -> None:
        usb = tmp_path / "1-1.3"
        usb.mkdir()
        assert has_all_nodes(usb)  # no USB device
        self.interfaces(usb, 2, True)
        assert not has_all_nodes(usb)
        self.interfaces(usb, 2, True, False)
        assert not has_all_nodes(usb)
        self.interfaces(usb, 2, True, True)
        assert has_all_nodes(usb)

    async def test_the_second_node_is_waited_for(self, desk: Desk, autojump_clock: MockClock) -> None:
        first, second, *_ = keyboard()
        desk.plug(first)
        usb = desk.folder.parent / "usb1" / "1-1.3"
        self.interfaces(usb, 2, True)

        async def comes_later() -> None:
            await trio.sleep(0.25)
            desk.plug(second)
            self.interfaces(usb, 2, True, True)

        async with trio.open_nursery() as nursery:
            nursery.start_soon(comes_later)
            assert await opened("auto") == [first.name, second.name]


class TestSpeakerphone:
    async def test_its_own_node_is_never_taken_along(self, desk: Desk) -> None:
        telephone(desk, "1-1.4", hid.JABRA_LIKE, phone())
        desk.plug(Paper("Jabra Keys", NUMPAD, port="1-1.4", product="0b0e:0412"))
        for device in ("auto", "1-1.4", "0b0e:0412", "jabra"):
            assert await opened(device) == ["Jabra Keys"]

    @pytest.mark.parametrize("device", ["auto", "1-1.4", "jabra"])
    def test_that_is_nothing_else_is_left_alone(self, desk: Desk, device: str) -> None:
        telephone(desk, "1-1.4", hid.JABRA_LIKE, phone(keys=NUMPAD | VOLUME_ONLY))
        assert "event0 (Jabra) belongs to a speakerphone" in missing(desk, device)
        assert find_keypads(desk.folder, desk.classes) == []

    async def test_that_is_named_exactly_is_taken(self, desk: Desk) -> None:
        telephone(desk, "1-1.4", hid.JABRA_LIKE, phone())
        assert await opened("0b0e:0412") == ["Jabra"]
        assert await opened(f"{desk.folder}/event0") == ["Jabra"]

    async def test_a_keyboard_is_none(self, desk: Desk) -> None:
        telephone(desk, "1-1.4", hid.KEYBOARD, Paper("Pad", NUMPAD))
        assert await opened("auto") == ["Pad"]


class TestWithoutDigits:
    @pytest.mark.parametrize(
        "keys",
        [
            PEDAL,
            frozenset(range(CODES["KEY_NUMERIC_0"], CODES["KEY_NUMERIC_D"])),
            frozenset(range(CODES["BTN_0"], CODES["BTN_0"] + 3)),
            frozenset({CODES["BTN_SOUTH"], CODES["BTN_START"]}),
        ],
    )
    @pytest.mark.parametrize("device", ["1-1.3", "05f3:00ff", "footswitch"])
    async def test_is_taken_when_named(self, desk: Desk, keys: frozenset[int], device: str) -> None:
        desk.plug(Paper("VEC Footswitch", keys, port="1-1.3", product="05f3:00ff"))
        assert await opened(device) == ["VEC Footswitch"]
        assert [each.keys for each in find_keypads(desk.folder, desk.classes)] == [keys]

    def test_auto_wants_digits_and_says_so(self, desk: Desk) -> None:
        desk.plug(Paper("VEC Footswitch", PEDAL, port="1-1.3", product="05f3:00ff"))
        assert missing(desk, "auto") == (
            "no keypad found; event0 (VEC Footswitch) has no digit keys and must be named as device: VEC Footswitch"
        )

    def test_one_with_digits_comes_before(self, desk: Desk) -> None:
        desk.plug(Paper("USB Mouse", MOUSE | CONSUMER, rel=(0, 1)), Paper("USB Keypad", NUMPAD))
        assert locate(KeypadConfig(device="usb"), Claims().claim(), desk.folder, desk.classes).name == "USB Keypad"

    def test_what_is_built_in_is_not_listed(self, desk: Desk) -> None:
        desk.plug(Paper("Power Button", frozenset({116}), bus="0019"))
        assert find_keypads(desk.folder, desk.classes) == []
        assert len(find_inputs(desk.folder, desk.classes)) == 1


class TestWhyNot:
    def test_says_what_is_plugged_in_and_why_it_is_not_the_one(self, desk: Desk) -> None:
        desk.plug(
            Paper("Keypad", NUMPAD, port="1-1.3", product="04d9:1203"),
            Paper("Mouse", MOUSE, port="1-1.4", product="05f3:00ff", rel=(0, 1)),
            Paper("Built-in", NUMPAD),
        )
        assert missing(desk, "05f3:00ff") == (
            "no keypad 05f3:00ff found; event0 (Keypad) is 04d9:1203; "
            "event2 (Built-in) is without vendor:product; event1 (Mouse) has no keys"
        )
        assert "event0 (Keypad) is in USB port 1-1.3; event2 (Built-in) is in no USB port" in missing(desk, "1-2")
        assert "event0 (Keypad) has another name" in missing(desk, "pedal")

    def test_stays_readable(self, desk: Desk) -> None:
        desk.plug(*[Paper(f"Keypad {number}", NUMPAD) for number in range(SHOWN + 3)])
        assert missing(desk, "pedal").endswith("; and 3 others")
