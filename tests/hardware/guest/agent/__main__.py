"""The bench's hands inside the guest: it makes the devices, moves them, and notes what comes out."""

import subprocess
import time
from collections.abc import Callable
from typing import Any

from agent import pace, unit
from agent.channel import serve
from agent.gpio import Chip
from agent.joystick import Joystick
from agent.keys import Keypad, Reader
from agent.net import Net
from agent.oled import Oled
from agent.phone import Phone
from agent.waiting import now
from agent.wire import Wire

MODULES = (
    *("configfs", "gpio-sim-bench", "uinput", "uhid", "hid-generic", "hid-mcp2221", "i2c-dev", "evdev"),
    *("dummy_hcd", "libcomposite", "usb_f_acm", "cdc-acm"),
    *("ifb", "act_mirred", "cls_matchall", "sch_netem", "sch_ingress"),
)
MAKERS: dict[str, Callable[..., Any]] = {
    "phone": Phone,
    "oled": Oled,
    "keypad": Keypad,
    "badge": Reader,
    "joystick": Joystick,
}


class Bench:
    """Every device of the room, and what the host may do with it."""

    def __init__(self) -> None:
        subprocess.run(["modprobe", "-a", *MODULES], check=True, timeout=600)
        subprocess.run(
            ["sh", "-c", "mountpoint -q /sys/kernel/config || mount -t configfs none /sys/kernel/config"], check=True
        )
        self._devices: dict[str, Any] = {"gpio": Chip()}

    def plug(self, device: str, **how: Any) -> int:
        """Plugs a device in; when."""
        at = now()
        there = self._devices.get(device)
        if isinstance(there, Joystick):  # a gadget is made once
            there.plug()
        else:
            self._devices[device] = MAKERS[device](**how)
        return at

    def unplug(self, device: str) -> int:
        """Pulls a device out; when."""
        at = now()
        self._devices[device].unplug()
        return at

    def flap(self, device: str, seconds: float, every: float) -> float:
        """Pulls a device out and plugs it in for a while, and leaves it in; how many times a second it was."""
        began, times = time.monotonic(), 0
        while (passed := time.monotonic() - began) < seconds:
            self.unplug(device)
            time.sleep(every / 2)
            self.plug(device)
            time.sleep(every / 2)
            times += 1
        return times / passed

    def on(self, device: str, act: str, args: list[Any] | None = None, **named: Any) -> Any:
        """Does something with a device, link or recorder."""
        return getattr(self._devices[device], act)(*(args or []), **named)

    def listen(self, interface: str, port: int) -> None:
        """Begins to note frames on the wire."""
        self._devices["wire"] = Wire(interface, port)
        self._devices["net"] = Net(interface)

    def glass(self) -> dict[str, Any]:
        """The display as it is now."""
        glass = self._devices["oled"].glass
        return {
            "memory": bytes(glass.memory).hex(),
            "lit": glass.lit,
            "contrast": glass.contrast,
            "frames": len(glass.frames),
        }

    def commands(self) -> dict[str, Callable[..., Any]]:
        """By the names that the host uses."""
        own = {name: getattr(self, name) for name in ("plug", "unplug", "flap", "on", "listen", "glass")}
        units = {name: getattr(unit, name) for name in ("show", "wait_state", "kill", "run", "write")}
        return {**own, **units, "now": now, "pace": pace.measure}


serve(Bench().commands())
