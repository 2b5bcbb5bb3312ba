"""Secrets that everybody can read, in real folders with real permissions."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from appliance.config.load import load
from appliance.config.secrets.exposed import exposed
from tests.cli.processes import offhook

ROOM = '[room]\nname = "Neptune"\n[terminal]\nhost = "192.0.2.1"\n'


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may pass, as pytest's own is not."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def written(path: Path, text: str, mode: int) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


@pytest.mark.parametrize(
    ("secret", "key"),
    [
        ('pin = "4711"', "terminal.pin"),
        ('[network.wifi]\nssid = "A"\ncountry = "RU"\npassword = "long enough"', "network.wifi.password"),
        (
            (
                '[share]\nlisten = "[::]:8765"\nallow = ["192.0.2.7"]\n'
                '[share.clients.board]\nrole = "read"\npassword = "long enough"'
            ),
            "share.clients.board.password",
        ),
    ],
)
def test_secret_in_a_configuration_that_everybody_can_read(open_folder: Path, secret: str, key: str) -> None:
    path = written(open_folder / "room.toml", f"{ROOM}{secret}\n", 0o644)
    assert [(each.key, each.path) for each in exposed(load(path), path)] == [(key, path)]
    path.chmod(0o640)
    assert exposed(load(path), path) == ()
    path.chmod(0o644)
    open_folder.chmod(0o750)
    assert exposed(load(path), path) == ()


def test_files_with_secrets_and_keys_are_looked_at(open_folder: Path) -> None:
    pin = written(open_folder / "pin", "4711\n", 0o604)
    key = written(open_folder / "key.pem", "a key", 0o600)
    text = f'{ROOM}pin_file = "{pin}"\n[panel]\nlisten = "[::]:8443"\ncertificate = "{key}"\nkey = "{key}"\n'
    path = written(open_folder / "room.toml", text, 0o644)
    assert [each.key for each in exposed(load(path), path)] == ["terminal.pin_file"]
    key.chmod(0o644)
    assert [each.key for each in exposed(load(path), path)] == ["terminal.pin_file", "panel.key"]


def test_nothing_secret_needs_no_permissions(open_folder: Path) -> None:
    path = written(open_folder / "room.toml", ROOM, 0o666)
    assert exposed(load(path), path) == ()


def test_check_says_it_and_is_content(open_folder: Path) -> None:
    path = written(open_folder / "room.toml", f'{ROOM}pin = "4711"\n', 0o644)
    code, out, err = offhook("check", str(path))
    assert (code, out) == (0, f"{path}: no mistakes\n")
    assert err == (
        f"{path}: warning: terminal.pin: everybody on this machine can read {path}; expected `chmod o-r {path}`\n"
    )
    assert offhook("check", "--off-box", str(path))[2] == ""
