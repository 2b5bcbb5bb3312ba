"""The page of the kiosk's own."""

from pathlib import Path

import pytest

from appliance.kiosk.told import Settings
from appliance.kiosk.waiting import write


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("en", "The room controller is starting"),
        ("ru", "Контроллер комнаты запускается"),
        ("xx", "The room controller is starting"),
    ],
)
def test_it_speaks_the_rooms_language(tmp_path: Path, code: str, says: str) -> None:
    address = write(tmp_path, Settings(language=code, room="Neptune"))
    assert address == f"file://{tmp_path}/starting.html"
    assert says in (tmp_path / "starting.html").read_text(encoding="utf-8")


def test_a_room_may_be_called_anything(tmp_path: Path) -> None:
    write(tmp_path, Settings(language='"><i>', room="<script>{0}</script>"))
    page = (tmp_path / "starting.html").read_text()
    assert "<script>" not in page
    assert "<i>" not in page
    assert "{0}" in page
