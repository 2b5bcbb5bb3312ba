from collections.abc import Iterator

import pytest
import trio
from trio.testing import MockClock

from appliance.virtual.hardware import VirtualHardware, virtual_hardware
from appliance.virtual.plugs import VirtualPlugs


@pytest.fixture
def hardware() -> Iterator[VirtualHardware]:
    with virtual_hardware({}, {}) as virtual:
        yield virtual


async def test_what_is_plugged_in_is_told_and_what_is_unplugged_is_not(
    hardware: VirtualHardware, autojump_clock: MockClock
) -> None:
    plugs = VirtualPlugs(hardware)
    devices = (hardware.keypads["keypad"], hardware.speakerphones["speakerphone"], hardware.serials["joystick"])
    for device in devices:
        device.unplug()
    hardware.revision.changed()
    with trio.move_on_after(1) as scope:
        await plugs.next()
    assert scope.cancelled_caught
    for device in devices:
        device.plug()
    hardware.revision.changed()
    assert await plugs.next() == {"input", "hidraw", "tty"}
    with trio.move_on_after(1) as scope:
        await plugs.next()
    assert scope.cancelled_caught
