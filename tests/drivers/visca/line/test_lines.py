from pathlib import Path

from drivers.visca.line.lines import Found, find_lines


def test_a_line_goes_by_the_name_that_stays_the_same(tmp_path: Path) -> None:
    for name in ("ttyUSB0", "ttyAMA0", "ttyS9"):
        (tmp_path / name).touch()
    usb, uart, plain = (str(tmp_path / name) for name in ("ttyUSB0", "ttyAMA0", "ttyS9"))
    by_id = tmp_path / "serial" / "by-id"
    by_id.mkdir(parents=True)
    (by_id / "usb-FTDI_FT232R-port0").symlink_to(usb)
    (tmp_path / "serial0").symlink_to(uart)
    assert find_lines(tmp_path, [(usb, "FT232R USB UART"), (plain, "n/a")]) == [
        Found(str(tmp_path / "serial0"), uart, ""),
        Found(plain, plain, ""),
        Found(str(by_id / "usb-FTDI_FT232R-port0"), usb, "FT232R USB UART"),
    ]


def test_the_machine_itself_can_be_asked() -> None:
    assert all(Path(line.device).is_char_device() for line in find_lines())
