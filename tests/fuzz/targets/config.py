"""`room.toml`: any bytes are a configuration or mistakes; no file of the system gets a line that it may not have."""

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from appliance.config.load import ConfigError, parse
from appliance.config.reading import read_parts
from appliance.config.schema import Config
from appliance.config.toml import Mistake
from tests.card.templates import PLAIN, foreign, generated

ROOT = Path(__file__).parents[3]
NOWHERE = Path("/nowhere")
NOTHING = "\n"  # no folder of programs: nft would take longer than all the rest
WORDS = tuple(
    word.encode()
    for word in (
        *("[network]\n", "[network.wifi]\n", "[time]\n", "[ssh]\n", "[panel]\n", "[visca.desk]\n", "[buttons.a]\n"),
        *("[keypads.a.keys]\n", "[lamps.muted]\n", "[[", "]]", '"""', "'''", "\\u000a", "\\n", "%eth0", "\0", "\ufeff"),
        *('address = "10.0.0.7/8"\n', 'dns = ["fe80::1%x\\nDNSSEC=no"]\n', 'allow = ["fe80::/64"]\n', "= 1\n", " = ["),
        *(
            'listen = "0.0.0.0:80"\n',
            'servers = ["a"]\n',
            'zone = "Etc/UTC"\n',
            'ssid = "x"\ncountry = "RU"\n',
            "{a=1}",
        ),
        *('keys = ["ssh-ed25519 A"]\n', 'press = "call"\n', "pin = 17\n", "2026-01-01", "nan", "0x1F", "1_0", "é", "#"),
    )
)


def one_input(data: bytes) -> None:
    """Checks a file, and puts it on the card of a box."""
    reading = read_parts(data, NOWHERE)
    assert not [each for each in reading.mistakes if each.message.key == "mistake.not_examined"]
    if (text := _text(data)) is not None:
        _same_as_checked(text, data)
    with mock.patch("appliance.card.nft.PLACES", NOTHING):
        files, mistakes = generated(data)
    assert not [mistake for mistake in mistakes if "could not be applied" in mistake]  # found before, or not at all
    for path, content in files.items():
        assert foreign(path, content, PLAIN.get(path, "")) == []


def _text(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _same_as_checked(text: str, data: bytes) -> None:
    reading = read_parts(data, NOWHERE)
    assert _checked(text.removeprefix("\ufeff")) == (reading.own or reading.config)


def _checked(text: str) -> Config | tuple[Mistake, ...]:
    try:
        return parse(text, NOWHERE, NOWHERE)
    except ConfigError as error:
        return tuple(error.mistakes)


def seeds() -> Iterator[bytes]:
    """The examples that people begin with."""
    for name in ("image/card/room.toml", "image/deb/room.toml", "appliance/demo/room.toml"):
        yield (ROOT / name).read_bytes()
    yield b'[room]\nname = "Neptune"\n[terminal]\nhost = "192.168.1.20"\n'
    for word in WORDS[:7]:
        yield b'[room]\nname = "Neptune"\n[terminal]\nhost = "192.168.1.20"\n' + word
