"""Finding and opening: sysfs made of files, as the kernel lays it out; a named pipe is the device."""

import os
from pathlib import Path

import pytest
import trio
from trio.testing import MockClock

from drivers.claims import Claims
from drivers.errors import DeviceError, DeviceMissing
from drivers.speakerphone import device
from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.speakerphone.device import find_speakerphones, open_device
from tests.drivers.speakerphone import descriptors as hid
from tests.virtual_time import real

NO_HOOK = hid.application(0x0B, 5, hid.logical(0, 1), hid.bits(1, 8), hid.usages(0xB0, 0xB7), hid.data_in(2))


def field(name: str) -> bytes:
    return bytes.fromhex((Path(__file__).parent / "field" / f"{name}.hex").read_text())


class Sys:
    def __init__(self, root: Path) -> None:
        self.hidraw, self.dev = root / "hidraw", root / "dev"
        self.hidraw.mkdir()
        self.dev.mkdir()

    def plug(
        self,
        number: int,
        descriptor: bytes,
        name: str = "Phone",
        product: str = "00000B0E:00000412",
        *,
        port: str = "",
    ) -> Path:
        hid = self.hidraw.parent / "devices" / (port or "virtual") / f"0003:{name}.{number}"
        node = hid / "hidraw" / f"hidraw{number}"
        node.mkdir(parents=True)
        (node / "device").symlink_to(hid)
        (self.hidraw / f"hidraw{number}").symlink_to(node)
        (hid / "report_descriptor").write_bytes(descriptor)
        (hid / "uevent").write_text(f"DRIVER=hid-generic\nHID_ID=0003:{product}\nHID_NAME={name}\n")
        os.mkfifo(self.dev / f"hidraw{number}")
        return self.dev / f"hidraw{number}"


@pytest.fixture
def sys_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sys:
    sys_ = Sys(tmp_path)
    monkeypatch.setattr(device, "HIDRAW", sys_.hidraw)
    monkeypatch.setattr(device, "DEV", sys_.dev)
    return sys_


async def opened(wanted: str) -> str:
    async with open_device(SpeakerphoneConfig(device=wanted)) as phone:
        return phone.name


async def test_auto_takes_the_first_with_a_hook_switch(sys_: Sys) -> None:
    sys_.plug(0, hid.KEYBOARD, "Keyboard")
    sys_.plug(1, NO_HOOK, "Dialler")
    sys_.plug(2, b"\xff\xff", "Noise")
    sys_.plug(10, hid.YEALINK_LIKE, "Yealink")
    sys_.plug(9, hid.JABRA_LIKE, "Jabra")
    assert await opened("auto") == "Jabra"
    found = find_speakerphones(sys_.hidraw, sys_.dev)
    assert [each.name for each in found] == ["Jabra", "Yealink", "Dialler"]
    assert found[0].product == "0b0e:0412"
    assert [each.has_hook for each in found] == [True, True, False]


async def test_auto_never_takes_a_device_without_a_usable_hook(sys_: Sys) -> None:
    node = sys_.plug(0, field("1532-0511-razer-seiren"), "Razer Seiren", "00001532:00000511")
    with pytest.raises(DeviceMissing, match=r"no speakerphone found; .*hidraw0 \(Razer Seiren\) has no hook switch"):
        await opened("auto")
    assert await opened("1532:0511") == "Razer Seiren"  # by any other name for its other keys
    sys_.plug(1, NO_HOOK, "Dialler")
    with pytest.raises(DeviceMissing, match="Dialler"):
        await opened("auto")
    sys_.plug(2, field("0d8c-cmedia-hs100b-as-linux-shows-it"), "HS-100B")
    assert await opened("auto") == "HS-100B"
    assert await opened(str(node)) == "Razer Seiren"


async def test_a_mute_key_alone_is_taken_by_path_or_beside_sound(sys_: Sys) -> None:
    node = sys_.plug(0, hid.MUTE_KEY, "Microphone", port="1-1.3/1-1.3:1.0")
    assert find_speakerphones(sys_.hidraw, sys_.dev) == []
    assert await opened(str(node)) == "Microphone"
    sound = sys_.hidraw.parent / "devices" / "1-1.3" / "1-1.3:1.1"
    sound.mkdir()
    (sound / "bInterfaceClass").write_text("01\n")
    assert [each.name for each in find_speakerphones(sys_.hidraw, sys_.dev)] == ["Microphone"]
    assert await opened("microphone") == "Microphone"
    with pytest.raises(DeviceMissing, match="Microphone"):
        await opened("auto")


async def test_by_product(sys_: Sys) -> None:
    sys_.plug(0, hid.JABRA_LIKE, "Jabra")
    sys_.plug(1, hid.LOGITECH_LIKE, "Logitech", "0000046D:00000857")
    assert await opened("046D:0857") == "Logitech"
    with pytest.raises(DeviceMissing, match="no speakerphone 6993:0001"):
        await opened("6993:0001")


async def test_by_name(sys_: Sys) -> None:
    sys_.plug(0, hid.JABRA_LIKE, "Jabra")
    sys_.plug(1, hid.LOGITECH_LIKE, "Logitech Group")
    assert await opened("group") == "Logitech Group"
    with pytest.raises(DeviceMissing, match="no speakerphone named 'yealink'"):
        await opened("yealink")


async def test_by_port_and_in_the_order_of_the_ports(sys_: Sys) -> None:
    sys_.plug(0, hid.JABRA_LIKE, "Far", port="1-1.10")
    sys_.plug(1, hid.JABRA_LIKE, "Near", port="1-1.2")
    assert [each.port for each in find_speakerphones(sys_.hidraw, sys_.dev)] == ["1-1.2", "1-1.10"]
    assert await opened("1-1.10") == "Far"
    assert await opened("auto") == "Near"
    with pytest.raises(DeviceMissing, match=r"no speakerphone at USB port 1-1\.1$"):
        await opened("1-1.1")


@pytest.mark.parametrize("device", ["auto", "0b0e:0412", "jabra"])
async def test_two_of_the_same_take_one_each(sys_: Sys, device: str) -> None:
    sys_.plug(0, hid.JABRA_LIKE, "Jabra far", port="1-1.4")
    sys_.plug(1, hid.JABRA_LIKE, "Jabra near", port="1-1.3")
    config = SpeakerphoneConfig(device=device)
    claims = Claims({"left": device, "right": device})
    async with open_device(config, claims.claim("left")) as left, open_device(config, claims.claim("right")) as right:
        assert (left.name, right.name) == ("Jabra near", "Jabra far")
        with pytest.raises(DeviceMissing, match=r"hidraw1 is used by left already; .*hidraw0 is used by right already"):
            await open_device(config, claims.claim("spare")).__aenter__()


async def test_two_files_of_one_device_are_one(sys_: Sys) -> None:
    sys_.plug(0, hid.JABRA_LIKE, port="1-1.3")
    sys_.plug(1, hid.JABRA_LIKE, port="1-1.3")
    claims = Claims()
    async with open_device(SpeakerphoneConfig(), claims.claim("left")):
        with pytest.raises(DeviceMissing, match="hidraw1 is used by left already"):
            await open_device(SpeakerphoneConfig(), claims.claim("right")).__aenter__()


async def test_the_device_of_a_port_comes_back_to_who_names_the_port(sys_: Sys) -> None:
    claims = Claims({"table": "1-1.3", "wall": "auto"})
    for number in range(3):  # it is another file each time
        sys_.plug(2 * number, hid.JABRA_LIKE, "Table", port="1-1.3")
        sys_.plug(2 * number + 1, hid.JABRA_LIKE, "Wall", port="1-1.2")
        async with (
            open_device(SpeakerphoneConfig(), claims.claim("wall")) as wall,
            open_device(SpeakerphoneConfig(device="1-1.3"), claims.claim("table")) as table,
        ):
            assert (wall.name, table.name) == ("Wall", "Table")
        for link in sys_.hidraw.iterdir():
            link.unlink()


async def test_by_path_and_link(sys_: Sys, tmp_path: Path) -> None:
    node = sys_.plug(3, hid.GENERIC, "Generic")
    (tmp_path / "speakerphone").symlink_to(node)
    assert await opened(str(node)) == "Generic"
    assert await opened(str(tmp_path / "speakerphone")) == "Generic"


async def test_nothing_there(sys_: Sys) -> None:
    with pytest.raises(DeviceMissing, match="no speakerphone found"):
        await opened("auto")
    with pytest.raises(DeviceMissing, match="hidraw7"):
        await opened("/dev/hidraw7")
    sys_.plug(0, hid.GENERIC).unlink()
    with pytest.raises(DeviceMissing, match="hidraw0"):
        await opened("auto")


async def test_named_device_that_is_no_speakerphone(sys_: Sys) -> None:
    with pytest.raises(DeviceError, match=r"Keyboard.*neither telephony keys nor a mute key"):
        await opened(str(sys_.plug(0, hid.KEYBOARD, "Keyboard")))
    with pytest.raises(DeviceError, match="makes no sense: byte 0"):
        await opened(str(sys_.plug(1, b"\xb4")))


async def test_no_permission_names_the_group(
    sys_: Sys, monkeypatch: pytest.MonkeyPatch, autojump_clock: MockClock
) -> None:
    node = sys_.plug(0, hid.GENERIC)

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("drivers.speakerphone.device.os.open", refuse)
    with pytest.raises(DeviceError, match=rf"no permission to open {node}: it belongs to group \w+"):
        await opened("auto")


async def test_reports_go_out_whole(sys_: Sys) -> None:
    sys_.plug(0, hid.GENERIC)
    async with open_device(SpeakerphoneConfig()) as phone:
        await phone.write(b"\x02\x01\x00")
        with trio.fail_after(real(5)):
            await trio.lowlevel.wait_readable(phone.fd)
        assert os.read(phone.fd, 100) == b"\x02\x01\x00"  # a named pipe gives back what it was given


async def test_write_that_hangs_holds_nobody_up(sys_: Sys, monkeypatch: pytest.MonkeyPatch) -> None:
    far_end = os.open(sys_.plug(0, hid.GENERIC), os.O_RDONLY | os.O_NONBLOCK)
    monkeypatch.setattr(device, "CLOSE_TIMEOUT", 0.01)
    with trio.fail_after(real(5)):
        async with open_device(SpeakerphoneConfig()) as phone:
            os.set_blocking(phone.fd, True)
            async with trio.open_nursery() as nursery:
                nursery.start_soon(phone.write, bytes(1 << 20))  # more than a pipe holds
                await trio.lowlevel.wait_readable(far_end)
                nursery.cancel_scope.cancel()
        received = 0
        while chunk := os.read(far_end, 1 << 16):
            received += len(chunk)
            await trio.lowlevel.wait_readable(far_end)
    assert received == 1 << 20  # the thread left behind ended its write, then the descriptor was closed
    os.close(far_end)


@pytest.mark.parametrize("wrong", ["", " ", "0b0e:04120", "0b0e:xyzw", "b0e:0412"])
def test_configuration_names_no_device(wrong: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        SpeakerphoneConfig(device=wrong)
