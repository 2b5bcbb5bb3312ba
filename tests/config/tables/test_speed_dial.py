"""A slot of the speed dial that nobody is configured for is a mistake, wherever it stands."""

import pytest

from tests.config.test_schema import ROOM, mistakes

DIALS = ROOM.replace("[terminal]", 'speed_dial = ["a@x", "b@x"]\n[terminal]')
WORDS = "slot 3, but `speed_dial` of [room] names 2"


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        ('[buttons.a]\npin = 17\npress = "speed_dial 3"', "buttons.a.press"),
        ('[keypads.k.keys]\nF1 = "speed_dial 3"', "keypads.k.keys.F1"),
        ('[readers.r]\ndevice = "RFID"\nother = "none"\ncodes = { "1" = "speed_dial 3" }', "readers.r.codes.1"),
    ],
)
def test_a_slot_that_nobody_has(lines: str, key: str) -> None:
    (mistake,) = mistakes(f"{DIALS}{lines}\n")
    assert mistake.endswith(f"{key}: {WORDS}")


def test_without_a_speed_dial_there_is_no_slot_at_all() -> None:
    (mistake,) = mistakes(f'{ROOM}[buttons.a]\npin = 17\npress = "speed_dial 1"\n')
    assert mistake.endswith("slot 1, but `speed_dial` of [room] names 0")


def test_limits_of_the_volume_the_wrong_way_round() -> None:
    (mistake,) = mistakes(ROOM.replace("[terminal]", "volume_min = 50\nvolume_max = 40\n[terminal]"))
    assert mistake.endswith("`volume_min` is above `volume_max`")
