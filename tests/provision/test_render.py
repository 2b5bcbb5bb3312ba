"""One inventory, many rooms: what each is made of, and what is said where one would not work."""

import tomllib

import pytest

from appliance.provision.found import said
from appliance.provision.inventory import Inventory, read_inventory
from appliance.provision.render import render
from appliance.provision.together import conflicts
from tests.provision.inventories import INVENTORY, SECRETS
from tests.some import some


def inventory_of(text: str) -> Inventory:
    inventory, found = read_inventory(text)
    assert found == ()
    return some(inventory)


def wrong(text: str, secrets: dict[str, str] | None = SECRETS) -> list[str]:
    """What is said about an inventory."""
    inventory, found = read_inventory(text)
    if inventory is not None:
        rooms, found = render(inventory, secrets)
        found = (*found, *conflicts(rooms))
    return said(found, text, "rooms.toml")


def changed(old: str, new: str) -> str:
    assert INVENTORY.count(old) == 1
    return INVENTORY.replace(old, new)


def test_each_room_has_what_its_layers_say() -> None:
    rooms, found = render(inventory_of(INVENTORY), SECRETS)
    assert found == ()
    neptune, pluto = (tomllib.loads(room.text) for room in rooms)
    assert neptune["room"] == {"name": "Neptune", "contact": "reception@riga.example.com"}
    assert neptune["terminal"] == {"host": "192.0.2.20", "pin": "FA6"}
    assert (neptune["time"], neptune["buttons"]["call"]) == ({"zone": "Europe/Riga"}, {"pin": 17, "press": "call"})
    assert neptune["lamps"]["busy"]["pin"] == 5
    assert pluto["room"]["name"] == "Pluto of north"
    assert pluto["terminal"]["pin"] == "B07"
    assert pluto["buttons"]["call"] == {"pin": 27, "press": "call"}
    assert pluto["lamps"] == {}


def test_the_firmware_takes_what_is_made() -> None:
    rooms, _ = render(inventory_of(INVENTORY), SECRETS)
    assert [some(room.config).room.name for room in rooms] == ["Neptune", "Pluto of north"]


def test_without_the_secrets_all_else_is_checked() -> None:
    assert wrong(INVENTORY, None) == []
    assert len(wrong(changed("pin = 17", "pin = 99"), None)) == 1


def test_no_secret_is_in_a_repr() -> None:
    rooms, _ = render(inventory_of(INVENTORY), SECRETS)
    assert not any(secret in repr(rooms) for secret in SECRETS.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            changed("pin = 17", "pin = 99"),
            ["rooms.toml:16: kinds.huddle.config.buttons.call.pin: ", "(in neptune)"],
        ),
        (
            changed('shows = "in_call"', 'shows = "in_cal"').replace("without =", "# without ="),
            ["rooms.toml:21: kinds.huddle.config.lamps.busy.shows: ", "(in 2 rooms: neptune and others)"],
        ),
        (
            changed('host = "192.0.2.21"', 'host = "192.0.2.20"'),
            ["rooms.toml:30: rooms.pluto: terminal 192.0.2.20:8765 is that of neptune as well"],
        ),
        (
            changed('without = ["lamps.busy"]', 'without = ["lamps.free"]'),
            ["rooms.toml:33: rooms.pluto.without: lamps.free is said by no layer above", "(in pluto)"],
        ),
        (
            changed("${building}", "${floor}"),
            ["rooms.toml:34: rooms.pluto.config.room.name: ${floor} is nothing that this room has", "room, site"],
        ),
        (
            changed("${building}", "$"),
            ["rooms.toml:34: rooms.pluto.config.room.name: a $ that begins nothing"],
        ),
        (
            changed('{ secret = "pluto" }', '{ secret = "mars" }'),
            ["rooms.toml:35: rooms.pluto.config.terminal.pin: the file of secrets has no mars"],
        ),
        (
            changed('{ secret = "pluto" }', "{ secret = 5 }"),
            ["rooms.toml:35: rooms.pluto.config.terminal.pin: not the name of a secret"],
        ),
        (
            changed('config.room.name = "Neptune"\n', ""),
            ["rooms.toml:23: rooms.neptune: room.name: is missing (in neptune)"],
        ),
        (
            changed('building = "north"\nkind = "huddle"\nmachine', 'building = "nord"\nkind = "huddle"\nmachine'),
            ["rooms.toml:24: rooms.neptune.building: there is no [buildings.nord]; expected one of: north"],
        ),
        (
            changed('site = "riga"', 'site = "rga"'),
            ["rooms.toml:12: buildings.north.site: there is no [sites.rga]; expected one of: riga"],
        ),
        (
            changed(
                "7e14b5d4f45c7c9dfefd", "0123456789abcdef0123456789abcdef"
            ),  # that of systemd, which stays on the box
            ["rooms.toml:26: rooms.neptune.machine: no machine id; expected 20 digits 0 to f, as `offhook"],
        ),
        (
            changed("without = ", 'machine = "7e14b5d4f45c7c9dfefd"\nwithout = '),
            ["rooms.toml:33: rooms.pluto.machine: the box of neptune; expected a box of its own"],
        ),
        (
            changed("without = ", 'recipient = "age1short"\nwithout = '),
            ["rooms.toml:33: rooms.pluto.recipient: no public key"],
        ),
        (
            changed("[rooms.pluto]", '[rooms."Pluto 2"]'),
            ["rooms.toml:30: rooms.Pluto 2: not a name"],
        ),
        (
            changed("[sites.riga.config.time]", "[sites.riga.confg.time]"),
            ["rooms.toml:8: sites.riga.confg: "],
        ),
        (
            changed("without = ", 'site = "oslo"\nwithout = ') + "[sites.oslo]\n",
            ["rooms.toml:33: rooms.pluto.site: oslo, but its building is at riga; expected one of them"],
        ),
        ("[rooms", ["rooms.toml:1: "]),
    ],
)
def test_what_is_wrong_is_said_with_its_line_in_the_inventory(text: str, expected: list[str]) -> None:
    (line,) = wrong(text)
    assert line.startswith(expected[0])
    assert all(part in line for part in expected[1:])


def test_two_boxes_with_one_address() -> None:
    text = INVENTORY + 'config.network = { address = "192.0.2.5/24" }\n'
    text = text.replace(
        'config.terminal.host = "192.0.2.20"',
        'config.terminal.host = "192.0.2.20"\nconfig.network = { address = "192.0.2.5/24" }',
    )
    assert [line.partition(": ")[2] for line in wrong(text)] == [
        "rooms.pluto: address 192.0.2.5/24 is that of neptune as well; expected one of its own"
    ]


def test_a_thousand_rooms_are_said_once() -> None:
    """A mistake in a layer shows in each room that has it, and is mended in one place."""
    rooms = "".join(
        f'[rooms.r{n}]\nbuilding = "north"\nkind = "huddle"\nconfig.room.name = "R"\n'
        f'config.terminal.host = "10.0.0.{n}"\n'
        for n in range(1, 100)
    )
    text = changed("pin = 17", "pin = 99") + rooms
    (line,) = wrong(text)
    assert line.endswith("(in 100 rooms: neptune and others)")


def test_two_boxes_with_one_name_at_the_broker() -> None:
    text = INVENTORY.replace(
        "[sites.riga", '[all.config.mqtt]\nhost = "broker"\nsite = "riga"\nroom = "ROOM"\n\n[sites.riga'
    )
    assert wrong(text.replace("ROOM", "${room}")) == []
    (line,) = wrong(text.replace("ROOM", "neptune"))
    assert "rooms.pluto: name at the broker riga/neptune is that of neptune as well" in line
