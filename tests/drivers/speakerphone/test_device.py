"""Finding and opening: sysfs made of files, as the kernel lays it out; a named pipe is the device."""

import os
from pathlib import Path

import pytest
import trio
from trio.testing import MockClock

from drivers.errors import DeviceError, DeviceMissing
from drivers.speakerphone import device
from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.speakerphone.device import find_speakerphones, open_device
from tests.drivers.speakerphone import descriptors as hid

NO_HOOK = hid.application(0x0B, 5, hid.logical(0, 1), hid.bits(1, 8), hid.usages(0xB0, 0xB7), hid.data_in(2))


class Sys:
    def __init__(self, root: Path) -> None:
        self.hidraw, self.dev = root / "hidraw", root / "dev"
        self.hidraw.mkdir()
        self.dev.mkdir()

    def plug(self, number: int, descriptor: bytes, name: str = "Phone", product: str = "00000B0E:00000412") -> Path:
        folder = self.hidraw / f"hidraw{number}" / "device"
        folder.mkdir(parents=True)
        (folder / "report_descriptor").write_bytes(descriptor)
        (folder / "uevent").write_text(f"DRIVER=hid-generic\nHID_ID=0003:{product}\nHID_NAME={name}\n")
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


async def test_by_product(sys_: Sys) -> None:
    sys_.plug(0, hid.JABRA_LIKE, "Jabra")
    sys_.plug(1, hid.LOGITECH_LIKE, "Logitech", "0000046D:00000857")
    assert await opened("046D:0857") == "Logitech"
    with pytest.raises(DeviceMissing, match="no speakerphone 6993:0001"):
        await opened("6993:0001")


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
    with pytest.raises(DeviceError, match=r"Keyboard.*no telephony collection"):
        await opened(str(sys_.plug(0, hid.KEYBOARD, "Keyboard")))
    with pytest.raises(DeviceError, match="makes no sense: byte 0"):
        await opened(str(sys_.plug(1, b"\xb4")))


async def test_no_permission_names_the_group(
    sys_: Sys, monkeypatch: pytest.MonkeyPatch, autojump_clock: MockClock
) -> None:
    node = sys_.plug(0, hid.GENERIC)

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(device.os, "open", refuse)
    with pytest.raises(DeviceError, match=rf"no permission to open {node}: it belongs to group \w+"):
        await opened("auto")


async def test_reports_go_out_whole(sys_: Sys) -> None:
    sys_.plug(0, hid.GENERIC)
    async with open_device(SpeakerphoneConfig()) as phone:
        await phone.write(b"\x02\x01\x00")
        with trio.fail_after(5):
            await trio.lowlevel.wait_readable(phone.fd)
        assert os.read(phone.fd, 100) == b"\x02\x01\x00"  # a named pipe gives back what it was given


async def test_write_that_hangs_holds_nobody_up(sys_: Sys, monkeypatch: pytest.MonkeyPatch) -> None:
    far_end = os.open(sys_.plug(0, hid.GENERIC), os.O_RDONLY | os.O_NONBLOCK)
    monkeypatch.setattr(device, "CLOSE_TIMEOUT", 0.01)
    with trio.fail_after(5):
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


@pytest.mark.parametrize("wrong", ["", "jabra", "0b0e", "0b0e:04120", "0b0e:xyzw"])
def test_configuration_names_no_device(wrong: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        SpeakerphoneConfig(device=wrong)
