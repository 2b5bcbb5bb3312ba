from pathlib import Path

from drivers.gpio.chips import find_chips


def test_chips_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name in ("gpiochip10", "gpiochip0", "gpiochip4", "gpiomem", "gpiochip"):
        (tmp_path / name).touch()
    assert find_chips(tmp_path) == [str(tmp_path / name) for name in ("gpiochip0", "gpiochip4", "gpiochip10")]
    assert find_chips(tmp_path / "nothing") == []
