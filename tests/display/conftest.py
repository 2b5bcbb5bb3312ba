import os
from pathlib import Path

import pytest
from PIL import Image

from appliance.language.catalogue import Language
from tests.display.labels import Line, watched, widened

REWRITE = "OFFHOOK_REWRITE_PICTURES"  # set to 1 to take what is drawn now as the reference; look at every change
PICTURES = Path(__file__).parent / "pictures"
DOCS = Path(__file__).parents[2] / "docs" / "pictures"


class References:
    """The reference pictures: one PNG of 128x64 pixels, mode "1", for every scene; `ru/` and others in languages."""

    @staticmethod
    def check(name: str, image: Image.Image, folder: Path = PICTURES) -> None:
        path = folder / f"{name}.png"
        if os.environ.get(REWRITE) == "1":
            path.parent.mkdir(exist_ok=True, parents=True)
            image.save(path, optimize=True)
        with Image.open(path) as reference:
            assert image.tobytes() == reference.tobytes(), (
                f"{name} is not drawn as {path}; if it should, set {REWRITE}=1"
            )


@pytest.fixture
def references() -> References:
    return References()


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[Line]:
    return watched(monkeypatch)


@pytest.fixture(scope="session")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Language:
    return widened(tmp_path_factory.mktemp("wide"))
