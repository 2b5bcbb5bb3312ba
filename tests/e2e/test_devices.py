"""Hardware that goes away is offline, not fatal, and comes back with the room as it is then."""

from collections.abc import Sequence

import trio

from appliance.room.state import Phase
from appliance.room.texts import MUTE_LOCKED
from drivers.hotplug import Plugs
from tests.drivers.test_hotplug import Paper, udev
from tests.e2e.world import ANNA, a_room
from tests.virtual_time import passes

__all__ = ["udev"]


async def test_a_keypad_comes_back_and_types(clock: object) -> None:
    async with a_room() as world:
        keypad = world.hardware.keypads["keypad"]
        keypad.unplug()
        await world.until(lambda state: "keypad" in state.offline)
        await world.press("mute")  # nothing else is the worse for it
        await world.until_sent("setMicMute")
        keypad.plug()
        await world.until(lambda state: "keypad" not in state.offline)
        world.type("5")
        await world.until(lambda state: state.number == "5")


async def test_a_speakerphone_comes_back_with_the_lamps_of_now(clock: object) -> None:
    async with a_room() as world:
        phone = world.hardware.speakerphones["speakerphone"]
        phone.unplug()
        await world.until(lambda state: "speakerphone" in state.offline)
        world.simulator.peer(ANNA).call()
        await world.until_phase(Phase.RINGING)
        phone.plug()
        await world.until(lambda state: "speakerphone" not in state.offline)
        await world.until_hardware(lambda: phone.lamps["ring"])
        phone.hook(off=True)
        await world.until_sent("accept")


async def test_a_speakerphone_that_refuses_to_be_unmuted_has_its_way_and_is_named(clock: object) -> None:
    async with a_room() as world:
        phone = world.hardware.speakerphones["speakerphone"]
        phone.keeps_muted = True
        phone.mute(True)
        await world.until_hardware(lambda: phone.lamps["mute"])
        world.forget_sent()
        await world.press("mute")
        await world.until_sent("setMicMute", mute=False)
        await world.until_sent("setMicMute", mute=True)
        state = await world.until(lambda state: state.mic_muted is True and bool(state.mute_locks))
        assert state.mute_locks == {"speakerphone"}
        assert state.notice is not None
        assert state.notice.text == MUTE_LOCKED
        await passes(60)
        assert world.asked() == ["setMicMute", "setMicMute"]
        phone.unplug()
        await world.until(lambda state: not state.mute_locks)


async def test_what_is_plugged_in_is_taken_at_once(clock: object, udev: Paper) -> None:
    async def watch(subsystems: Sequence[str]) -> Plugs:
        await trio.lowlevel.checkpoint()
        return Plugs(udev, subsystems)

    async with a_room(watch=watch) as world:
        keypad, phone = world.hardware.keypads["keypad"], world.hardware.speakerphones["speakerphone"]
        keypad.unplug()
        phone.unplug()
        await world.until(lambda state: {"keypad", "speakerphone"} <= set(state.offline))
        await passes(300)  # by now they try twice a minute
        keypad.plug()
        phone.plug()
        plugged = trio.current_time()
        udev.tell("add input", "add hidraw")
        await world.until(lambda state: not state.offline)
        assert trio.current_time() - plugged < 1


async def test_a_reader_comes_back_and_reads(clock: object) -> None:
    async with a_room(terminal='[readers.badge]\ndevice = "badge"\n[readers.badge.codes]\n"7" = "mute"') as world:
        reader = world.hardware.keypads["badge"]
        reader.unplug()
        await world.until(lambda state: "reader badge" in state.offline)
        reader.plug()
        await world.until(lambda state: not state.offline)
        reader.key("7")
        reader.key("call")  # Enter
        await world.until_sent("setMicMute")


async def test_unplugging_ten_times_a_second_is_survived(clock: object) -> None:
    async with a_room() as world:
        keypad, phone = world.hardware.keypads["keypad"], world.hardware.speakerphones["speakerphone"]
        line = world.hardware.serials["joystick"]
        for _ in range(30):
            for device in (keypad, phone, line):
                device.unplug()
            await passes(0.05)
            for device in (keypad, phone, line):
                device.plug()
            await passes(0.05)
        await world.until(lambda state: not state.offline)
        world.type("9")
        await world.until(lambda state: state.number == "9")
