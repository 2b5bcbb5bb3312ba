import os
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import pytest
from gpiozero import PinUnknownPi

from drivers.errors import DeviceMissing
from drivers.gpio.chips import Chip
from drivers.gpio.factory import pin_factory

CHIPS = [Chip("/dev/gpiochip11", "gpio-brcmstb@107d508500", 32), Chip("/dev/gpiochip15", "pinctrl-rp1", 54)]


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("LG_WD", "RUNTIME_DIRECTORY"):
        monkeypatch.setenv(name, "")  # so that whatever is set in the test is undone
        monkeypatch.delenv(name)
    pin_factory.cache_clear()
    yield
    pin_factory.cache_clear()


@pytest.fixture
def lgpio(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """Stands in for gpiozero's lgpio pins, which import on a Pi only: like lgpio it moves to LG_WD when imported."""
    module = types.ModuleType("gpiozero.pins.lgpio")

    class LGPIOFactory:
        def __init__(self, chip: int) -> None:
            self.chip = chip

    def load(name: str) -> object:
        if name != "LGPIOFactory":
            raise AttributeError(name)
        os.chdir(os.environ["LG_WD"])
        return LGPIOFactory

    module.__dict__["__getattr__"] = load
    module.__dict__["factory"] = LGPIOFactory
    monkeypatch.setitem(sys.modules, "gpiozero.pins.lgpio", module)
    monkeypatch.setattr("drivers.gpio.factory.find_chips", lambda: CHIPS)
    return module


def test_no_lgpio_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gpiozero.pins.lgpio", None)
    with pytest.raises(DeviceMissing, match="lgpio library cannot be used"):
        pin_factory(backend="lgpio")


def test_not_on_a_pi_is_said_plainly(lgpio: types.ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: object, chip: int) -> None:
        raise PinUnknownPi("unable to locate Pi revision")

    monkeypatch.setattr(lgpio.factory, "__init__", fail)
    with pytest.raises(DeviceMissing, match="no GPIO pins on this machine: unable to locate Pi revision"):
        pin_factory(backend="lgpio")


def test_runtime_folder_takes_lgpios_fifo_and_we_stay_where_we_were(
    lgpio: types.ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RUNTIME_DIRECTORY", f"{tmp_path}:/run/other")
    before = Path.cwd()
    assert isinstance(pin_factory(backend="lgpio"), lgpio.factory)
    assert os.environ["LG_WD"] == str(tmp_path)
    assert Path.cwd() == before


def test_without_a_runtime_folder_one_of_our_own_is_made(lgpio: types.ModuleType) -> None:
    pin_factory(backend="lgpio")
    assert Path(os.environ["LG_WD"]).is_dir()
    assert Path(os.environ["LG_WD"]) != Path.cwd()


def test_folder_that_was_chosen_stays_chosen(
    lgpio: types.ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LG_WD", str(tmp_path))
    monkeypatch.setenv("RUNTIME_DIRECTORY", "/nowhere")
    pin_factory(backend="lgpio")
    assert os.environ["LG_WD"] == str(tmp_path)


def test_there_is_one_factory(lgpio: types.ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LG_WD", str(tmp_path))
    assert pin_factory(backend="lgpio") is pin_factory(backend="lgpio")


@pytest.mark.parametrize(("wanted", "number"), [(None, 15), (11, 11), ("gpio-brcmstb@107d508500", 11)])
def test_the_factory_is_that_of_the_headers_chip_or_of_the_one_in_the_configuration(
    wanted: int | str | None, number: int, lgpio: types.ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LG_WD", str(tmp_path))
    assert pin_factory(wanted, "lgpio").chip == number


def test_a_chip_that_may_not_be_opened_is_no_case_for_lgpio(
    lgpio: types.ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LG_WD", str(tmp_path))
    refused = Chip("/dev/gpiochip0", compatible=frozenset({"brcm,bcm2711-gpio"}), trouble="no permission to open it")
    monkeypatch.setattr("drivers.gpio.factory.find_chips", lambda: [refused])
    with pytest.raises(DeviceMissing, match="no permission to open it"):
        pin_factory(backend="lgpio")
