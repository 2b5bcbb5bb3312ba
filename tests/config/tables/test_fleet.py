"""`[fleet.enrol]`: what is no address, no label and no name."""

from pathlib import Path

import pytest

from appliance.config.load import ConfigError, parse
from tests.card.conftest import KEY, ROOM

ENROL = f'{ROOM}[fleet]\nsigners = ["{KEY}"]\n[fleet.enrol]\n'
RIGHT = 'url = "https://est.example.com"\n'


@pytest.mark.parametrize("url", ["https://h", "https://h/", "https://h.example.com:8443", "https://[fd00::1]:8443/"])
def test_a_server(url: str) -> None:
    fleet = parse(f'{ENROL}url = "{url}"\n', Path("room.toml"), None).fleet
    assert fleet is not None
    assert fleet.enrol is not None
    assert fleet.enrol.url == url


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ('url = "http://h"\n', "room.toml:8: fleet.enrol.url: http://h is not the address of an EST server"),
        ('url = "https://h/.well-known/est"\n', "room.toml:8: fleet.enrol.url: .* without a folder"),
        ('url = "https://u:p@h"\n', "room.toml:8: fleet.enrol.url: "),
        ('url = "https://h:0"\n', "room.toml:8: fleet.enrol.url: "),
        (f'{RIGHT}label = "a/b"\n', "room.toml:9: fleet.enrol.label: a/b is not a label of an EST server"),
        (f'{RIGHT}name = "$ENV::PATH"\n', "room.toml:9: fleet.enrol.name: .* cannot be the name of a certificate"),
        (f'{RIGHT}name = "{"x" * 65}"\n', "room.toml:9: fleet.enrol.name: "),
        (f'{RIGHT}password = ""\n', "room.toml:9: fleet.enrol.password: "),
    ],
)
def test_what_cannot_be_used_is_said_with_its_line(lines: str, why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        parse(f"{ENROL}{lines}", Path("room.toml"), None)
