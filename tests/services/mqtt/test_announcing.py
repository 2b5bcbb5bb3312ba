"""When Home Assistant is told: at first, when something is other than before, and a while after its birth."""

import json
import random
from pathlib import Path

import msgspec
import trio
import trio.testing
from trio.testing import MockClock

from appliance.fleet.home_assistant.device import Announced
from appliance.fleet.mqtt.link.packets import Publish
from appliance.language.catalogue import ENGLISH
from appliance.room.state import RoomState
from appliance.room.update import Update
from appliance.runtime.followed import Followed
from appliance.services.mqtt.announcing import FILE, LATEST, SOONEST, Announcing, HomeAssistant
from tests.fleet.home_assistant.test_device import BOX, FULL

SHOWN = msgspec.structs.replace(FULL, presets=(), updates=False)
ROOM = RoomState()


class Told:
    """What was said, and when."""

    def __init__(self, folder: Path | None, seed: int) -> None:
        self.room = Followed(ROOM)
        self.said: list[tuple[float, dict[str, object]]] = []
        home = HomeAssistant(BOX, SHOWN, ENGLISH)
        self.announcing = Announcing(home, self.room, folder, self._say, random.Random(seed))

    def _say(self, payload: bytes) -> None:
        self.said.append((trio.current_time(), json.loads(payload)))

    def parts(self) -> set[str]:
        """The components of the last message."""
        components = self.said[-1][1]["components"]
        assert isinstance(components, dict)
        return set(components)


async def telling(nursery: trio.Nursery, folder: Path | None = None, seed: int = 1) -> Told:
    """A room that is being announced."""
    told = Told(folder, seed)
    nursery.start_soon(told.announcing.run)
    await trio.testing.wait_all_tasks_blocked()
    return told


def born(payload: bytes = b"online") -> Publish:
    return Publish(topic=BOX.birth, payload=payload)


async def test_it_is_said_once(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    told = await telling(nursery)
    await trio.sleep(3600)
    assert len(told.said) == 1


async def test_what_changes_nothing_says_nothing(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    told = await telling(nursery)
    told.room.value = msgspec.structs.replace(ROOM, volume=0.3)
    await trio.sleep(1)
    assert len(told.said) == 1


async def test_presets_are_announced_when_they_are_known_and_stay_while_they_are_not(
    nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    told = await telling(nursery)
    told.room.value = msgspec.structs.replace(ROOM, presets=frozenset({1, 3}))
    await trio.sleep(1)
    assert {"button_preset_1", "button_preset_3"} <= told.parts()
    told.room.value = msgspec.structs.replace(ROOM, presets=None)
    await trio.sleep(1)
    assert len(told.said) == 2


async def test_an_update_entity_only_where_something_renews_the_box(
    nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    told = await telling(nursery)
    assert "update_update" not in told.parts()
    told.room.value = msgspec.structs.replace(ROOM, update=Update(installed="0.1.0"))
    await trio.sleep(1)
    assert "update_update" in told.parts()


async def test_it_is_said_again_a_while_after_the_birth_of_home_assistant(
    nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    told = await telling(nursery)
    began = trio.current_time()
    told.announcing.hear(born())
    told.announcing.hear(born())  # it says so twice where it restarts at once
    await trio.sleep(LATEST + 1)
    (_, (at, _)) = told.said
    assert SOONEST <= at - began <= LATEST


async def test_its_farewell_is_no_birth(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    told = await telling(nursery)
    told.announcing.hear(born(b"offline"))
    await trio.sleep(LATEST + 1)
    assert len(told.said) == 1


async def test_boxes_do_not_speak_at_one_moment(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    """A thousand boxes hear the birth at the same time."""
    moments = set()
    for seed in range(20):
        told = await telling(nursery, None, seed)
        began = trio.current_time()
        told.announcing.hear(born())
        await trio.sleep(LATEST + 1)
        moments.add(round(told.said[1][0] - began))
    assert len(moments) > 10


async def test_what_a_former_start_announced_is_taken_back(
    tmp_path: Path, nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    (tmp_path / FILE).write_bytes(msgspec.json.encode(Announced({"switch_output_relay_fan": "switch"})))
    told = await telling(nursery, tmp_path)
    with trio.fail_after(60):
        while b"relay_lights" not in (tmp_path / FILE).read_bytes():  # noqa: ASYNC110  # a thread writes it
            await trio.sleep(0.1)
    components = told.said[-1][1]["components"]
    assert isinstance(components, dict)
    assert components["switch_output_relay_fan"] == {"platform": "switch"}
    kept = msgspec.json.decode((tmp_path / FILE).read_bytes(), type=Announced)
    assert kept.platforms["switch_output_relay_fan"] == "switch"
