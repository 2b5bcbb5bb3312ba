"""A file on the card for a lost password: it is taken once, and what was known is forgotten."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from appliance.access.kept import FOLDER, WISH
from appliance.access.password import Password, kept_password
from appliance.cli.main import main
from appliance.runtime import atomic


@pytest.fixture
def box(tmp_path: Path) -> Path:
    state = tmp_path / "root/var/lib/offhook"
    (state / FOLDER).mkdir(parents=True)
    (tmp_path / "boot").mkdir()
    kept_password(state).write(Password("digest", is_made=False))
    return tmp_path


def starts(box: Path) -> int:
    arguments = ["card", "password", "--boot", str(box / "boot"), "--root", str(box / "root")]
    return CliRunner().invoke(main, arguments).exit_code


def digest(box: Path) -> str:
    return kept_password(box / "root/var/lib/offhook").read().digest


@pytest.mark.parametrize("name", ["new-password", "new-password.txt"])
def test_the_password_is_forgotten_and_the_display_shows_another_once(box: Path, name: str) -> None:
    (box / "boot" / name).touch()
    assert starts(box) == 0
    assert digest(box) == ""
    assert [*(box / "boot").iterdir()] == []
    wish = box / "root/var/lib/offhook" / FOLDER / WISH
    wish.unlink()
    assert starts(box) == 0
    assert not wish.exists()


def test_without_the_file_nothing_is_forgotten(box: Path) -> None:
    assert starts(box) == 0
    assert digest(box) == "digest"


def test_a_file_that_would_stay_forgets_nothing(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stays(_path: Path) -> bool:
        raise OSError(30, "Read-only file system")

    (box / "boot/new-password").touch()
    monkeypatch.setattr(atomic, "remove", stays)
    assert starts(box) == 1
    assert digest(box) == "digest"
