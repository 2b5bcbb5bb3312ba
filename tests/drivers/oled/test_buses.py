from pathlib import Path

from drivers.oled.buses import find_buses, path_of


def test_buses_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name in ("i2c-20", "i2c-1", "i2c-dev"):
        (tmp_path / name).touch()
    assert find_buses(tmp_path) == [path_of(1, tmp_path), path_of(20, tmp_path)]
    assert path_of(1) == "/dev/i2c-1"
