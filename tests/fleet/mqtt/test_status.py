"""`offhook fleet status` on a real broker, as an administrator runs it."""

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import ANY

import msgspec
import pytest
from click.testing import CliRunner

from appliance.cli.main import main
from appliance.fleet.mqtt.health import Known, Machine, Room, health
from appliance.fleet.mqtt.identity import Identity
from appliance.room.parts.link import LinkPhase
from tests.cli.processes import Offhook
from tests.fleet.mqtt.mosquitto import Broker, a_broker, a_peer, free_port, needs_mosquitto
from tests.fleet.mqtt.test_overview import said

pytestmark = needs_mosquitto
PASSWD = shutil.which("mosquitto_passwd")
BAD = msgspec.json.encode(
    health(Known(firmware="1.2"), Room(link=LinkPhase.DOWN, reason="nobody"), Machine(), dropped=0, connections=1)
)
ROOMS = 1100  # mosquitto queues 1,000 messages for a client
IN_TIME = 10  # seconds; measured are 1.5, one of them the silence after the last message
INVENTORY = """\
[all.config]
terminal.host = "192.0.2.20"
room.name = "Room"
mqtt = { host = "localhost", site = "${site}", room = "${room}" }

[sites.hq]

[rooms.neptune]
site = "hq"

[rooms.pluto]
site = "hq"
config.terminal.host = "192.0.2.21"
"""


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with a_broker(tmp_path) as broker:
        yield broker


def keep(broker: Broker, **rooms: dict[str, bytes]) -> None:
    """Has rooms of the site hq say this."""
    with a_peer(broker.port) as peer:
        for room, topics in rooms.items():
            for name, payload in topics.items():
                peer.say(f"offhook/hq/{room}/{name}", payload, retain=True)


def status(port: int, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["fleet", "status", "127.0.0.1", "--port", str(port), *words])
    return done.exit_code, done.output


def test_all_is_well(broker: Broker) -> None:
    keep(broker, neptune=said())
    code, shown = status(broker.port)
    assert shown.splitlines() == [
        "SITE  ROOM     AVAILABILITY  CALL  LINK  VERSION  WRONG",
        "hq    neptune  online        idle  up    1.2      -",
        "1 rooms, 1 of them well",
    ]
    assert code == 0


def test_something_is_wrong(broker: Broker) -> None:
    keep(broker, neptune=said(), pluto=said() | {"health": BAD}, mars=said() | {"availability": b"offline"})
    code, shown = status(broker.port, "--json")
    told = json.loads(shown)
    assert (code, told["ok"], told["problems"]) == (1, False, [])
    assert {room["room"]: room["wrong"] for room in told["rooms"]} == {
        "neptune": [],
        "pluto": ["no terminal: nobody"],
        "mars": ["offline"],
    }


def test_one_site_alone(broker: Broker) -> None:
    keep(broker, neptune=said())
    assert status(broker.port, "--site", "hq")[0] == 0
    code, shown = status(broker.port, "--site", "riga")
    assert (code, "the broker knows no room" in shown) == (1, True)


def test_a_room_of_the_inventory_that_the_broker_does_not_know(broker: Broker, tmp_path: Path) -> None:
    keep(broker, neptune=said())
    path = tmp_path / "inventory.toml"
    path.write_text(INVENTORY)
    code, shown = status(broker.port, "--inventory", str(path))
    assert (code, "does not know it (pluto of the inventory)" in shown) == (1, True)
    keep(broker, pluto=said())
    assert status(broker.port, "--inventory", str(path))[0] == 0


def test_another_box_than_the_inventory_names(broker: Broker, tmp_path: Path) -> None:
    here = msgspec.json.encode(Identity(machine="7e14b5d4f45c7c9dfefd"))
    keep(broker, neptune=said() | {"identity": here}, pluto=said())
    path = tmp_path / "inventory.toml"
    box = 'machine = "{}"'
    for machine, expected in (("7e14b5d4f45c7c9dfefd", 0), ("00" * 10, 1)):
        path.write_text(INVENTORY.replace("[rooms.neptune]", f"[rooms.neptune]\n{box.format(machine)}"))
        code, shown = status(broker.port, "--inventory", str(path))
        assert (code, "its box is 7e14" in shown) == (expected, expected == 1)


def test_no_broker() -> None:
    code, shown = status(free_port())
    assert (code, "no broker: 127.0.0.1: connection refused" in shown) == (3, True)


def test_a_broker_that_refuses(tmp_path: Path) -> None:
    users = tmp_path / "users"
    users.write_text("")
    with a_broker(tmp_path, f"password_file {users}\n") as broker:
        code, shown = status(broker.port)
    assert (code, "the broker refuses" in shown) == (3, True)


def test_beyond_this_machine_nothing_is_said_in_the_clear_unless_it_is_asked_for(broker: Broker) -> None:
    keep(broker, neptune=said())
    words = ["fleet", "status", "0.0.0.0", "--port", str(broker.port)]  # noqa: S104  # not this machine by name
    assert CliRunner().invoke(main, words).exit_code == 3
    assert CliRunner().invoke(main, [*words, "--plain"]).exit_code == 0
    assert CliRunner().invoke(main, [*words, "--plain", "--ca", __file__]).exit_code == 2


@pytest.mark.skipif(PASSWD is None, reason="mosquitto_passwd is not installed")
def test_a_password_is_read_from_its_file(tmp_path: Path) -> None:
    assert PASSWD is not None
    users, password = tmp_path / "users", tmp_path / "password"
    subprocess.run([PASSWD, "-b", "-c", users, "status", "sesame"], check=True, capture_output=True)
    with a_broker(tmp_path, f"password_file {users}\n") as broker:
        password.write_text("sesame\n")
        words = ("--user", "status", "--password-file", str(password))
        code, shown = status(broker.port, *words)
        assert (code, "the broker knows no room" in shown) == (1, True)
        password.write_text("other\n")
        code, shown = status(broker.port, *words)
        assert (code, "other" in shown) == (3, False)


def test_nothing_is_said_to_the_broker(broker: Broker) -> None:
    keep(broker, neptune=said())
    with a_peer(broker.port, "#") as peer:
        peer.until("offhook/hq/neptune/view/call")
        assert status(broker.port)[0] == 0
        assert peer.none()


def test_changes_are_shown_as_they_come_and_the_broker_s_end_too(broker: Broker) -> None:
    keep(broker, neptune=said())
    words = ("fleet", "status", "127.0.0.1", "--port", str(broker.port), "--watch", "--json")
    with Offhook(*words, warm=True) as watching:
        watching.says(r'"ok":true', "out")
        keep(broker, neptune={"availability": b"offline"})
        watching.says(r'"wrong":\["offline"\]', "out")
        broker.kill()
        watching.says(r'"ok":false,"problems":\["no broker', "out")
        broker.start()
        keep(broker, neptune=said())
        watching.says(r'no broker.*\n(.*\n)*.*"ok":true', "out")
        assert watching.end() == (0, ANY)


@pytest.mark.slow
def test_more_rooms_than_the_queue_of_a_broker_holds(
    broker: Broker, record_property: Callable[[str, object], None]
) -> None:
    rooms = {f"room{number}": said() for number in range(ROOMS)}
    keep(broker, **rooms)
    began = time.monotonic()
    code, shown = status(broker.port)
    took = time.monotonic() - began
    record_property("seconds", took)
    assert (code, shown.splitlines()[-1]) == (0, f"{ROOMS} rooms, {ROOMS} of them well")
    assert took < IN_TIME
