"""A picture is as large as the panel, and in its mode."""

import msgspec
import pytest

from appliance.display.draw import compose, draw
from appliance.display.geometry import USUAL, Geometry
from tests.display.scenes import SCENES


@pytest.mark.parametrize("panel", [Geometry(128, 32), Geometry(256, 64, "L"), Geometry(240, 240, "RGB")], ids=str)
def test_a_picture_fills_its_panel(panel: Geometry) -> None:
    image = draw(msgspec.structs.replace(SCENES["idle"], geometry=panel))
    assert (image.size, image.mode) == (panel.size, panel.mode)
    assert image.getbbox() is not None


def test_a_page_says_the_same_on_every_panel() -> None:
    small = msgspec.structs.replace(SCENES["in_call_muted"], geometry=Geometry(128, 32))
    assert compose(small).words == compose(SCENES["in_call_muted"]).words
    assert SCENES["in_call_muted"].geometry == USUAL
