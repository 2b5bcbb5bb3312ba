"""Virtual devices that are plugged in, told as udev tells it of real ones."""

from typing import Final

from appliance.virtual.hardware import VirtualHardware

KEYPADS: Final = "input"
SPEAKERPHONES: Final = "hidraw"
SERIALS: Final = "tty"


class VirtualPlugs:
    """Follows which devices are plugged in, from now on."""

    def __init__(self, hardware: VirtualHardware) -> None:
        self._hardware = hardware
        self._seen = hardware.revision.value
        self._plugged = self._plugged_now()

    async def next(self) -> frozenset[str]:
        """Waits until something is plugged in, and says in which of the kernel's subsystems it would be."""
        while True:
            self._seen = await self._hardware.revision.newer_than(self._seen)
            before, self._plugged = self._plugged, self._plugged_now()
            if new := self._plugged - before:
                return frozenset(subsystem for subsystem, _ in new)

    def _plugged_now(self) -> set[tuple[str, str]]:
        hardware = self._hardware
        return {
            *((KEYPADS, name) for name, keypad in hardware.keypads.items() if keypad.plugged),
            *((SPEAKERPHONES, name) for name, phone in hardware.speakerphones.items() if phone.plugged),
            *((SERIALS, name) for name, line in hardware.serials.items() if line.plugged),
        }
