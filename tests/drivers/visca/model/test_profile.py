import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.visca.model.models import EVI_D70
from drivers.visca.model.profile import Range

INVERTED = Range(0x8A58, -0x8A58)  # a camera that counts to the left


@pytest.mark.parametrize(
    ("axis", "part", "units"),
    [
        (EVI_D70.pan, 0.0, -0x08DB),
        (EVI_D70.pan, 0.5, 0),
        (EVI_D70.pan, 1.0, 0x08DB),
        (EVI_D70.tilt, 0.0, -0x190),
        (EVI_D70.tilt, 0.25, 0),
        (EVI_D70.tilt, 1.0, 0x4B0),
        (EVI_D70.zoom, 0.0, 0),
        (EVI_D70.zoom, 0.5, 0x2000),
        (EVI_D70.zoom, 1.0, 0x4000),
        (INVERTED, 0.0, 0x8A58),
        (INVERTED, 1.0, -0x8A58),
    ],
)
def test_parts_of_a_range_and_units(axis: Range, part: float, units: int) -> None:
    assert axis.units(part) == units
    assert axis.part(units) == part


@given(st.sampled_from([EVI_D70.pan, EVI_D70.tilt, EVI_D70.zoom, INVERTED]), st.floats(0, 1))
def test_there_and_back_is_within_one_unit(axis: Range, part: float) -> None:
    assert abs(axis.part(axis.units(part)) - part) <= 1 / abs(axis.high - axis.low)


@given(st.sampled_from([EVI_D70.pan, EVI_D70.tilt, EVI_D70.zoom, INVERTED]), st.integers(-0x8000, 0xFFFF))
def test_what_is_outside_is_the_nearer_end(axis: Range, units: int) -> None:
    assert 0.0 <= axis.part(units) <= 1.0
    assert axis.units(-1.0) == axis.low
    assert axis.units(2.0) == axis.high
