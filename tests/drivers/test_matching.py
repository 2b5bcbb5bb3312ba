import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.identity import Identity, in_order
from drivers.matching import By, Wanted, wanted

PHONE = Identity(path="/dev/hidraw3", name="Jabra SPEAK 510 USB", product="0b0e:0420", port="1-1.3")


@pytest.mark.parametrize(
    ("device", "wish"),
    [
        ("auto", Wanted(By.ANY, "")),
        ("/dev/input/by-path/x", Wanted(By.PATH, "/dev/input/by-path/x")),
        ("1-1.3", Wanted(By.PORT, "1-1.3")),
        ("2-1", Wanted(By.PORT, "2-1")),
        ("0B0E:0420", Wanted(By.PRODUCT, "0b0e:0420")),
        ("SPEAK 510", Wanted(By.NAME, "SPEAK 510")),
        ("0b0e", Wanted(By.NAME, "0b0e")),
        ("usb-1-1.3", Wanted(By.NAME, "usb-1-1.3")),
    ],
)
def test_what_each_way_to_name_a_device_means(device: str, wish: Wanted) -> None:
    assert wanted(device) == wish


@pytest.mark.parametrize("device", ["", "  ", "0b0e:", "0b0e:042", "0b0e:0420a", "0b0e:wxyz"])
def test_what_names_none_says_what_would(device: str) -> None:
    with pytest.raises(ValueError, match='expected "auto", a path such as'):
        wanted(device)


@pytest.mark.parametrize("device", ["auto", "1-1.3", "0b0e:0420", "0B0E:0420", "speak 510", "/dev/hidraw3"])
def test_it_is_this_one(device: str) -> None:
    assert wanted(device).fits(PHONE)


@pytest.mark.parametrize("device", ["1-1", "1-1.30", "0b0e:0412", "speak 710", "/dev/hidraw33"])
def test_it_is_another(device: str) -> None:
    assert not wanted(device).fits(PHONE)


def test_spaces_in_a_name_count_once() -> None:
    pedal = Identity(path="/dev/input/event7", name="VEC  VEC USB Footpedal")
    assert wanted("vec vec usb").fits(pedal)
    assert wanted("VEC  VEC").fits(pedal)


def test_what_has_no_port_and_no_product_is_not_meant_by_any() -> None:
    nobody = Identity(path="/dev/hidraw0")
    assert not any(wanted(device).fits(nobody) for device in ("1-1", "0000:0000", "x"))


@given(st.text())
def test_any_text_is_read_or_refused(device: str) -> None:
    try:
        wish = wanted(device)
    except ValueError:
        return
    assert wish.missing("keypad").startswith("no keypad")


@given(st.permutations(["1-1", "1-1.2", "1-1.10", "1-2", "2-1", "10-1", ""]))
def test_ports_are_in_the_order_of_their_numbers(ports: list[str]) -> None:
    devices = sorted([Identity(path="/dev/x", port=port) for port in ports], key=in_order)
    assert [device.port for device in devices] == ["1-1", "1-1.2", "1-1.10", "1-2", "2-1", "10-1", ""]
