"""`[mqtt]`: what it takes, what it refuses, what is safe unless said otherwise, and what becomes of its password."""

from pathlib import Path

import pytest

from appliance.config.examine import examine
from appliance.config.load import parse
from appliance.fleet.mqtt.config import MqttConfig
from tests.config.test_schema import ROOM, mistakes
from tests.some import some

LEAST = '[mqtt]\nhost = "broker.example.com"\nsite = "hq"\nroom = "neptune"\n'


def mqtt(more: str = "", least: str = LEAST) -> MqttConfig:
    return some(parse(f"{ROOM}{least}{more}", Path("room.toml")).mqtt)


def test_the_least_that_a_broker_needs() -> None:
    config = mqtt()
    assert (config.is_secure, config.where, config.hosts) == (True, 8883, ("broker.example.com",))
    assert (config.actions, config.titles, config.rooms, config.keepalive) == ((), False, 1000, 60)
    assert parse(ROOM, Path("room.toml")).mqtt is None


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "LOCALHOST."])
def test_this_machine_needs_no_tls(host: str) -> None:
    config = MqttConfig(host=host, site="s", room="r")
    assert (config.is_secure, config.where) == (False, 1883)
    assert MqttConfig(host=host, site="s", room="r", fallback=("10.0.0.2",)).is_secure, "one of them is another machine"


def test_who_wants_no_tls_says_so() -> None:
    config = mqtt("tls = false\nport = 1884\n")
    assert (config.is_secure, config.where) == (False, 1884)


@pytest.mark.parametrize(
    ("more", "mistake"),
    [
        ('password = "a"\npassword_file = "b"\n', "10: mqtt.password_file: the password is given already"),
        ('certificate = "c"\n', "9: mqtt.certificate: `certificate` needs `key` beside it"),
        ('key = "c"\n', "9: mqtt.key: `key` needs `certificate` beside it"),
        ('tls = false\nca = "c"\n', "10: mqtt.ca: `ca` is for TLS, which is not used here"),
        ('actions = ["sing"]\n', "9: mqtt.actions: unknown action `sing`"),
        ('actions = ["camera left"]\n', "9: mqtt.actions: `camera left` cannot be asked by a program"),
        ("rooms = 0\n", "9: mqtt.rooms:"),
        ("keepalive = 5\n", "9: mqtt.keepalive:"),
        ('fallback = ["a", "b", "c", "d"]\n', "9: mqtt.fallback:"),
        ('colour = "red"\n', "9: mqtt.colour:"),
    ],
)
def test_a_mistake_of_the_table(more: str, mistake: str) -> None:
    (found,) = mistakes(f"{ROOM}{LEAST}{more}")
    assert found.startswith(f"room.toml:{mistake}")


@pytest.mark.parametrize("name", ["", "room 12", "room/12", "#", "+", "нептун", "a" * 65, "room.12"])
@pytest.mark.parametrize("key", ["site", "room"])
def test_a_name_is_one_level_of_a_topic(key: str, name: str) -> None:
    names = {"site": "hq", "room": "neptune"} | {key: name}
    text = ROOM + '[mqtt]\nhost = "b"\n' + "".join(f'{each} = "{value}"\n' for each, value in names.items())
    (found,) = mistakes(text)
    assert f"mqtt.{key}: `{name}` cannot be part of a topic" in found


def test_actions_are_first_words_or_whole() -> None:
    assert mqtt('actions = ["mute", "volume 40", "hang_up"]\n').actions == ("mute", "volume 40", "hang_up")


def test_the_password_is_in_no_repr_and_may_be_in_a_file(tmp_path: Path) -> None:
    assert "open sesame" not in repr(mqtt('password = "open sesame"\n'))
    assert mqtt('password = "open sesame"\n').secret() == "open sesame"
    (tmp_path / "secret").write_text("from a file\n")
    assert mqtt(f'password_file = "{tmp_path}/secret"\n').secret() == "from a file"
    (tmp_path / "offhook.mqtt").write_text("kept\n")
    assert MqttConfig(host="b", site="s", room="r", password="(kept)").secret(tmp_path) == "kept"
    assert mqtt().secret() is None


def test_a_password_that_is_not_there_is_said_before_the_room_starts(tmp_path: Path) -> None:
    _, (mistake,) = examine(f'{ROOM}{LEAST}password_file = "{tmp_path}/none"\n', tmp_path)
    assert (mistake.line, mistake.key) == (9, "mqtt.password_file")
    _, (mistake,) = examine(f'{ROOM}{LEAST}password = "(kept)"\n', tmp_path)
    assert (mistake.line, mistake.key) == (9, "mqtt.password")
    assert examine(f'{ROOM}{LEAST}password = "(kept)"\n', None)[1] == [], "another machine cannot know"
