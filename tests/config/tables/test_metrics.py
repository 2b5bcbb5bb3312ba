"""`[metrics]`: nobody on the network reads the figures unless the configuration says who."""

from pathlib import Path

import pytest

from appliance.config.load import ConfigError, parse
from appliance.config.schema import Config
from appliance.config.secrets.exposed import exposed
from appliance.config.tables.metrics import MetricsConfig
from tests.config.secrets.test_exposed import open_folder, written  # noqa: F401  # the fixture

ROOM = '[room]\nname = "Neptune"\n[terminal]\nhost = "192.0.2.1"\n'
OPEN = "everybody who reaches `{}` could read the figures; expected `allow` or `token_file` beside it, or 127.0.0.1"


def config(table: str, store: Path | None = None) -> Config:
    return parse(f"{ROOM}[metrics]\n{table}", Path("room.toml"), store)


def mistake(table: str, store: Path | None = None) -> str:
    with pytest.raises(ConfigError) as wrong:
        config(table, store)
    (line,) = str(wrong.value).splitlines()
    return line


def test_by_default_it_is_for_the_box_alone() -> None:
    assert config("").metrics == MetricsConfig(listen="127.0.0.1:9650")
    assert parse(ROOM, Path("room.toml")).metrics is None


@pytest.mark.parametrize("listen", ["0.0.0.0:9650", "[::]:9650", "192.0.2.5:9650", "box.example.com:9650"])
def test_beyond_the_box_it_says_who_may(listen: str, tmp_path: Path) -> None:
    line = f'listen = "{listen}"\n'
    assert mistake(line) == f"room.toml:6: metrics.listen: {OPEN.format(listen)}"
    (tmp_path / "token").write_text("1b7f0c5d2e9a4c63")
    for who in ('allow = ["192.0.2.10"]', f'token_file = "{tmp_path}/token"'):
        assert config(line + who, tmp_path).metrics is not None


@pytest.mark.parametrize("listen", ["127.0.0.1:9650", "[::1]:9650", "localhost:0"])
def test_on_the_box_nobody_has_to_be_named(listen: str) -> None:
    assert config(f'listen = "{listen}"').metrics is not None


@pytest.mark.parametrize(
    ("table", "key", "words"),
    [
        ('listen = "9650"', "metrics.listen", "address"),
        ('listen = "127.0.0.1:80"', "metrics.listen", "80"),
        ('allow = ["everybody"]', "metrics.allow", "everybody"),
        ('certificate = "/c.pem"', "metrics.certificate", "`key`"),
        ('names = ["http://box"]', "metrics.names", "http://box"),
    ],
)
def test_what_cannot_be_meant(table: str, key: str, words: str) -> None:
    assert mistake(table).startswith(f"room.toml:6: {key}: ")
    assert words in mistake(table)


def test_a_token_that_is_easily_guessed(tmp_path: Path) -> None:
    for weak in ("short", "a" * 40):
        (tmp_path / "token").write_text(weak)
        assert "expected 16 characters or more" in mistake(f'token_file = "{tmp_path}/token"', tmp_path)


def test_a_token_that_is_not_there(tmp_path: Path) -> None:
    table = f'token_file = "{tmp_path}/token"'
    assert mistake(table, tmp_path).startswith("room.toml:6: metrics.token_file: ")
    assert config(table).metrics is not None, "elsewhere than on the box nobody can look"


def test_a_token_that_everybody_can_read_is_told(open_folder: Path) -> None:  # noqa: F811  # the fixture
    for mode, told in ((0o644, ["metrics.token_file"]), (0o600, [])):
        token = written(open_folder / "token", "1b7f0c5d2e9a4c63", mode)
        room = config(f'token_file = "{token}"', open_folder)
        assert [each.key for each in exposed(room, open_folder / "room.toml")] == told
