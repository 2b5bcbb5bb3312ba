"""What a minute of the display costs on its bus, against luma's full frames of the same pictures."""

import pytest

from tests.bench.bus_minutes import PANELS, SCENES, cost
from tests.bench.group_display import BUS_AIMS

TOO_TALL = pytest.mark.xfail(strict=True, reason="the letters of a name that moves are on three pages of eight")
LONG = ("call", "scrolling")
"""Scenes with hundreds of pictures."""
SMALL = ""


def marks(scene: str, panel: str) -> list[pytest.MarkDecorator]:
    slow = scene in LONG and panel != SMALL
    return [pytest.mark.slow] * slow + [TOO_TALL] * ((scene, panel) == ("scrolling", SMALL))


CASES = [pytest.param(scene, panel, marks=marks(scene, panel)) for scene in SCENES for panel in PANELS]


@pytest.mark.filterwarnings("ignore:.*getdata:DeprecationWarning")  # luma's
@pytest.mark.parametrize(("scene", "panel"), CASES)
def test_what_changes_is_sent_and_little_else(scene: str, panel: str) -> None:
    ours, luma = cost(SCENES[scene], PANELS[panel])
    assert ours <= BUS_AIMS[scene] * luma, f"{ours / luma:.3f} of luma's"
