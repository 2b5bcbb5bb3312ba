"""SPI devices, on files in their place: no machine that tests run on has one."""

import fcntl
import os
import struct
from pathlib import Path

import pytest

from drivers.spi import LARGEST, Spi, find_devices, path_of


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bytes]]:
    asked: list[tuple[int, bytes]] = []
    monkeypatch.setattr(fcntl, "ioctl", lambda _file, request, argument: asked.append((request, argument)))
    return asked


def test_it_is_told_mode_and_speed_and_takes_what_is_written(tmp_path: Path, told: list[tuple[int, bytes]]) -> None:
    (tmp_path / "spidev0.1").touch()
    spi = Spi("0.1", 8_000_000, 3, tmp_path)
    # linux/spi/spidev.h: _IOW('k', 1, __u8), _IOW('k', 3, __u8), _IOW('k', 4, __u32)
    assert told == [(0x40016B01, b"\3"), (0x40016B03, b"\x08"), (0x40046B04, struct.pack("=I", 8_000_000))]
    spi.write(b"abc")
    spi.close()
    spi.close()
    assert (tmp_path / "spidev0.1").read_bytes() == b"abc"


def test_transfers_are_no_longer_than_the_kernel_takes(
    tmp_path: Path, told: list[tuple[int, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "spidev0.0").touch()
    spi = Spi("0.0", 500_000, dev=tmp_path)
    sent: list[int] = []

    def takes(_file: int, data: bytes) -> int:
        sent.append(len(data))
        return len(data)

    monkeypatch.setattr(os, "write", takes)
    spi.write(bytes(2 * LARGEST + 1))
    assert sent == [4096, 4096, 1]
    monkeypatch.setattr(os, "write", lambda _file, data: len(data) - 1)
    with pytest.raises(OSError, match="broke off"):
        spi.write(b"abc")
    monkeypatch.undo()
    spi.close()


def test_what_is_no_spi_device_is_closed_again(tmp_path: Path) -> None:
    """The real `ioctl` of a file that is none."""
    (tmp_path / "spidev0.0").touch()
    before = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(OSError, match="ioctl"):
        Spi("0.0", 500_000, dev=tmp_path)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    with pytest.raises(FileNotFoundError, match=r"spidev0\.1"):
        Spi("0.1", 500_000, dev=tmp_path)


def test_devices_are_found_by_their_names(tmp_path: Path) -> None:
    for name in ("spidev1.0", "spidev0.1", "spidev", "i2c-1"):
        (tmp_path / name).touch()
    assert find_devices(tmp_path) == [path_of("0.1", tmp_path), path_of("1.0", tmp_path)]
    assert path_of("0.0") == "/dev/spidev0.0"
