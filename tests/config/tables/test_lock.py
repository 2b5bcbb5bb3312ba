"""The PIN that unlocks the room: what it may be, where it may stand, and that nobody locks a room without one."""

from pathlib import Path

import pytest

from appliance.config.load import ConfigError, parse
from appliance.config.secrets.exposed import exposed
from appliance.room.secret import Secret
from tests.config.test_schema import ROOM, mistakes

BUTTON = '[buttons.a]\npin = 17\npress = "lock"\n'


def with_room(*lines: str) -> str:
    return ROOM.replace("[terminal]", "\n".join((*lines, "[terminal]"))) + BUTTON


@pytest.mark.parametrize("words", ['press = "lock"', 'press = ["mute on", "lock"]', 'press = "none"\nheld = "lock"'])
def test_a_room_that_nobody_could_unlock(words: str) -> None:
    (mistake,) = mistakes(f"{ROOM}[buttons.a]\npin = 17\n{words}\n")
    assert mistake.endswith("nobody could unlock the room; set `lock_pin` or `lock_pin_file` in [room]")


@pytest.mark.parametrize("pin", ["123", "1234567890123", "0000", "12a4", "", "١٢٣٤"])
def test_a_pin_that_is_too_short_too_long_or_too_easy(pin: str) -> None:
    (mistake,) = mistakes(with_room(f'lock_pin = "{pin}"'))
    assert mistake.endswith("room.lock_pin: expected 4 to 12 digits that are not all the same")


def test_two_at_once() -> None:
    (mistake,) = mistakes(with_room('lock_pin = "4711"', 'lock_pin_file = "/x"'))
    assert mistake.endswith("expected either `lock_pin` or `lock_pin_file`")


def test_a_file_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    text = with_room('lock_pin_file = "credential:lock"')
    with pytest.raises(ConfigError, match=r"room\.lock_pin_file: "):
        parse(text, Path("room.toml"))
    (tmp_path / "lock").write_text("1111\n")
    with pytest.raises(ConfigError, match="4 to 12 digits"):
        parse(text, Path("room.toml"))
    (tmp_path / "lock").write_text("4711\n")
    config = parse(text, Path("room.toml"))
    assert config.room.unlocked_by() == Secret("4711")
    assert parse(text, Path("room.toml"), None).room == config.room


def test_it_stays_out_of_every_repr_and_should_not_be_read_by_everybody(tmp_path: Path) -> None:
    config = parse(with_room('lock_pin = "4711"'), Path("room.toml"))
    assert "4711" not in repr(config) + repr(config.room) + repr(config.room.unlocked_by())
    path = tmp_path / "room.toml"
    path.write_text("")
    path.chmod(0o644)
    tmp_path.chmod(0o755)
    assert {each.key for each in exposed(config, path)} <= {"room.lock_pin", "terminal.pin"}
