"""What runs in the machine to move its devices: the hardware bench's keypad, display and pins."""

import subprocess
from typing import Any

from agent.channel import serve
from agent.gpio import Chip
from agent.keys import Keypad
from agent.oled import Oled
from agent.waiting import now

DEVICES: dict[str, Any] = {}


def plug(device: str) -> int:
    """Plugs a device in; when."""
    at = now()
    DEVICES[device] = {"keypad": Keypad, "oled": Oled, "gpio": Chip}[device]()
    return at


def on(device: str, act: str, args: list[Any]) -> Any:
    """Does something with a device."""
    return getattr(DEVICES[device], act)(*args)


if __name__ == "__main__":
    subprocess.run(
        ["modprobe", "-a", "uinput", "uhid", "hid-generic", "hid-mcp2221", "i2c-dev", "evdev", "gpio-sim"], check=True
    )
    serve({"plug": plug, "on": on, "now": now})
