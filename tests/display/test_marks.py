"""No mark leaves the page: half a microphone says nothing."""

from typing import get_args

import msgspec
import pytest
from PIL import Image

from appliance.display.canvas import Canvas
from appliance.display.draw import compose
from appliance.display.geometry import Geometry
from appliance.language.codes import Code
from appliance.language.languages import language
from tests.display.scenes import SCENES


@pytest.mark.parametrize("code", get_args(Code))
@pytest.mark.parametrize("geometry", [Geometry(128, 32), Geometry(128, 64)], ids=["low", "usual"])
def test_every_mark_is_whole(geometry: Geometry, code: Code, monkeypatch: pytest.MonkeyPatch) -> None:
    outside: list[str] = []
    scene = ""
    before = Canvas.icon

    def icon(self: Canvas, x: int, y: int, picture: Image.Image, *how: object, **more: object) -> None:
        inside = 0 <= x <= self.width - picture.width and 0 <= y <= self.height - picture.height
        outside.extend(() if inside else (scene,))
        before(self, x, y, picture, *how, **more)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(Canvas, "icon", icon)
    for scene, view in SCENES.items():  # noqa: B007  # the recorder names it
        compose(msgspec.structs.replace(view, geometry=geometry, language=language(code)))
    assert outside == []
