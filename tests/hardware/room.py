"""The room: the guest with the firmware and its devices, the terminal on the host, and what tests ask of both."""

import itertools
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from tests.hardware.agent_line import Guest, MachineBroken
from tests.hardware.boot import until_up
from tests.hardware.machine import Booted, Machine
from tests.hardware.terminal import SimulatedTerminal

RECEPTION, ANNA = "100@meet.example.com", "anna.petrova@meet.example.com"
BUTTONS = {"call": 17, "hangup": 27, "mute": 22, "left": 23, "slow": 24, "bouncing": 25}
KNOB = (20, 21)
LAMPS = {"ringing": 5, "in_call": 6, "muted": 13, "link": 19}
PLUGS = ("phone", "oled", "keypad", "badge", "joystick")
BADGE, MUTE_BADGE = "0006871123\n", "0006871124\n"  # as the reader types them
IMPORTS = (
    "import sys; sys.path.insert(0, '/usr/lib/offhook/python'); "
    "import trio, trio_websocket, gpiozero, serial, evdev, luma.oled.device, msgspec, structlog, click"
)
IDLE, IN_CALL = 3, 5  # appState
BOOT_TIME = 1200.0  # seconds, however slow: a boot that stands still is given up before
# Seconds of the shipped units; the guest's are stretched by its factor, with headroom for neighbours that come later.
SERVICE_LIMITS = {"TimeoutStartSec": 30, "TimeoutStopSec": 5, "WatchdogSec": 10}
START_LIMIT, KERNEL_WATCHDOG = 500, 14
HEADROOM = 1.5
DEBOUNCE, MOST_DEBOUNCE = 0.02, 0.5  # the firmware's default, and the most that it takes

CONFIGURED = "/etc/offhook/room.toml"
CONFIGURATION = """
[room]
name = "Neptune"
contact = "{contact}"
[terminal]
host = "10.0.2.2"
web_port = {web}
[buttons.call]
pin = 17
press = "call"
[buttons.hangup]
pin = 27
press = "hang_up"
[buttons.mute]
pin = 22
press = "mute"
[buttons.left]
pin = 23
press = "camera left"
[buttons.slow]
pin = 24
press = "none"
held = "dial #"
hold = 1.0
[buttons.bouncing]
pin = 25
press = "mute"
edge = "trailing"
debounce = {debounce}
[encoders.volume]
a = 20
b = 21
[lamps.ringing]
pin = 5
[lamps.in_call]
pin = 6
[lamps.muted]
pin = 13
[lamps.link]
pin = 19
[keypads.keypad]
[keypads.keypad.keys]
KEY_CALC = "mute"
[readers.badge]
device = "Bench Reader"
[readers.badge.codes]
"0006871123" = "call {anna}"
"0006871124" = "mute"
[speakerphones.speakerphone]
[joysticks.joystick]
port = "/dev/serial/by-id/usb-Offhook_Bench_Serial_0001-if00"
[display]
bus = {bus}
[log]
level = "debug"
"""


class Room:
    """One guest and one terminal. Times are nanoseconds of the guest's clock."""

    def __init__(self, booted: Booted, folder: Path, terminal: SimulatedTerminal) -> None:
        self._booted, self._folder = booted, folder
        self.terminal = terminal
        self.times: dict[str, list[float]] = {}
        self.factors: list[float] = []
        """How many times slower than the reference the guest was, before each test."""
        self.renewals = 0
        self._usual = self._more = ""  # the configuration
        self.debounce = DEBOUNCE
        """Of the button that bounces: on a slow machine longer, because its bounces are longer, too."""
        self._continue()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._machine.stop()

    def _continue(self) -> None:
        self._machine = Machine.continued(self._booted, self._folder)
        try:
            self.guest = Guest(self._machine.channel, self._machine.broken)
            until_up(self._machine, self.guest, time.monotonic() + BOOT_TIME)
            self._boot = self._boot_id()
        except BaseException:
            self._machine.stop()
            raise
        self._kept = 0.0
        """The factor that the service's and the kernel's limits were set for."""

    def renew(self) -> None:
        """Another machine for one that broke."""
        self.renewals += 1
        print(f"the emulated machine broke, so here is another one (number {self.renewals + 1})")
        self._machine.stop()
        self.guest.close()
        self._continue()
        self.set_up()

    def keep_pace(self) -> None:
        """Measures how slow the guest is; where it is slower than systemd's limits were set for, sets them anew."""
        factor = self.guest.pace()
        self.factors.append(factor)
        if max(1.0, factor) <= self._kept:
            return
        self._kept = max(1.0, factor) * HEADROOM
        stretched = {name: f"{seconds * self._kept:.0f}s" for name, seconds in SERVICE_LIMITS.items()}
        text = "[Service]\n" + "".join(f"{name}={value}\n" for name, value in stretched.items())
        text += f"[Unit]\nStartLimitIntervalSec={START_LIMIT * self._kept:.0f}s\n"
        self.guest.do("write", path="/etc/systemd/system/offhook.service.d/pace.conf", text=text)
        self.guest.run("systemctl", "daemon-reload", timeout=60)
        self._feed_the_kernels_watchdog_within(self.watchdog_time())

    def watchdog_time(self) -> int:
        """The seconds of the kernel's watchdog that are right for this machine."""
        return round(KERNEL_WATCHDOG * self._kept)

    def _feed_the_kernels_watchdog_within(self, seconds: int) -> None:
        manager = ("org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager")
        self.guest.run("busctl", "set-property", *manager, "RuntimeWatchdogUSec", "t", str(seconds * 1_000_000))

    def pace_said(self) -> str:
        """The factor, for the report."""
        if not self.factors:
            return "nobody came to measure how slow the guest is"
        low, middle, high = min(self.factors), statistics.median(self.factors), max(self.factors)
        return (
            f"factor {middle:.1f}: so many times slower was the guest than where the limits were written "
            f"({low:.1f} to {high:.1f}, n = {len(self.factors)}; broken machines: {self.renewals})"
        )

    def set_up(self) -> None:
        """Plugs everything in and starts the service with its configuration."""
        self.keep_pace()
        self.debounce = debounce_at(self._kept / HEADROOM)
        self.plug_all()
        self._usual = CONFIGURATION.format(
            web=self.terminal.ports["web"], bus=self.bus(), contact=RECEPTION, anna=ANNA, debounce=self.debounce
        )
        self.guest.do("write", path=CONFIGURED, text=self._usual + self._more)
        self.guest.run("systemctl", "enable", "--quiet", "offhook.service")
        self.guest.run("systemctl", "start", "offhook.service", timeout=60)
        self.until_linked(60)

    @contextmanager
    def configured(self, more: str) -> Iterator[None]:
        """The service with more in its configuration, on another machine, too; in the end with what it had."""
        before = self._more
        self._restart_with(more)
        try:
            yield
        finally:
            self._restart_with(before)

    def _restart_with(self, more: str) -> None:
        self._more = more
        self.guest.do("write", path=CONFIGURED, text=self._usual + more)
        self.guest.run("systemctl", "reset-failed", "offhook.service")  # so many starts are no sign of a fault here
        self.guest.run("systemctl", "restart", "offhook.service", timeout=60)
        self.until_linked(60)

    def plug_all(self) -> None:
        """Every device, and the recorder."""
        for device in PLUGS:
            self.guest.do("plug", device=device)
        self.guest.do("listen", interface="eth0", port=self.terminal.ports["ws"])

    def bus(self) -> int:
        """The number of the display's I2C bus."""
        return int(self.guest.on("oled", "bus", 15))

    # what people do

    def press(self, button: str, seconds: float = 0.1) -> int:
        """A button; when it was touched."""
        return int(self.guest.on("gpio", "press", BUTTONS[button], seconds))

    def touch(self, button: str, *, down: bool) -> int:
        """A button down or up; when."""
        return int(self.guest.on("gpio", "pull", BUTTONS[button], 0 if down else 1))

    def type(self, symbols: str) -> list[int]:
        """Keys of the keypad; when each went down."""
        return list(self.guest.on("keypad", "type", symbols))

    # what comes of it

    def sent(self, method: str, *, after: int, seconds: float = 10, **fields: Any) -> int:
        """When a frame left for the terminal after a time."""
        return int(self.guest.on("wire", "wait", method, seconds, after, fields, within=seconds)["at"])

    def told(self, event: str, *, after: int, seconds: float = 10, **fields: Any) -> int:
        """When the terminal's event arrived after a time."""
        return int(self.guest.on("wire", "wait", event, seconds, after, fields, "in", within=seconds)["at"])

    def asked(self, after: int) -> list[str]:
        """The methods of everything sent after a time that was not a mere read."""
        frames = self.guest.on("wire", "since", after)
        methods = [str(frame["frame"]["method"]) for frame in frames]
        return [method for method in methods if method != "auth" and not method.startswith("get")]

    def lamp(self, name: str, *, lit: bool, seconds: float = 10) -> int:
        """When a lamp's line was at that level."""
        return int(self.guest.on("gpio", "wait_level", LAMPS[name], int(lit), seconds, within=seconds))

    def lamp_stays(self, name: str, *, lit: bool, for_seconds: float = 0.7, seconds: float = 20) -> int:
        """Since when a lamp has been steady, once that is so long; it neither blinks nor flashes."""
        return self.lamps_stay({name: lit}, for_seconds=for_seconds, seconds=seconds)

    def lamps_stay(self, lit: dict[str, bool], *, for_seconds: float = 0.7, seconds: float = 20) -> int:
        """Since when lamps have been steady together, once that is so long."""
        levels = {str(LAMPS[name]): int(level) for name, level in lit.items()}
        return int(self.guest.on("gpio", "wait_steady", levels, for_seconds, seconds, within=seconds))

    def now(self) -> int:
        """The guest's clock."""
        return int(self.guest.do("now"))

    def until_linked(self, seconds: float = 40) -> int:
        """When the lamp of the link went dark for good; every other lamp knows what it shows then."""
        return self.lamp_stays("link", lit=False, seconds=seconds)

    def until(self, condition: Callable[[dict[str, Any]], bool], seconds: float = 20) -> dict[str, Any]:
        """The terminal's state once the condition holds."""
        return self.terminal.until(condition, self.guest.limit(seconds))

    def until_idle(self) -> None:
        """Ends whatever goes on, and waits until terminal and lamps agree that nothing does."""
        for verb, peer in (("leave", ANNA), ("leave", RECEPTION)):
            self._if_possible(peer, verb)
        state = self.terminal.state()
        if state["appState"] != IDLE or state["mutes"]["mic"]:
            self.until_linked()  # else nobody would hear a press
        if self.terminal.state()["appState"] != IDLE:
            self.press("hangup")
        self.until(lambda state: state["appState"] == IDLE)
        if self.terminal.state()["mutes"]["mic"]:
            self.press("mute")
            self.until(lambda state: not state["mutes"]["mic"])
        self.lamps_stay({"link": False, "in_call": False, "muted": False})

    def in_a_call(self) -> None:
        """Into a call that the button placed."""
        began = self.press("call")
        self.sent("call", after=began)
        self.until(lambda state: state["appState"] != IDLE)
        self.terminal.peer(RECEPTION, "answer")
        self.lamp_stays("in_call", lit=True)

    def until_status(self, offline: str, seconds: float = 45) -> None:
        """Until the service's own status names a device as offline; empty: none."""
        deadline = time.monotonic() + self.guest.limit(seconds)
        while True:
            status = self.guest.do("show")["StatusText"]
            if (offline in status and "offline" in status) if offline else "offline" not in status:
                return
            if time.monotonic() > deadline:
                raise AssertionError(f"status {status!r} after {self.guest.limit(seconds):.0f} s")
            time.sleep(0.2 * self.guest.limit(1))

    def commands(self, method: str) -> int:
        """How many commands of this name the terminal has received."""
        return sum(command["method"] == method for command in self.terminal.state()["commands"])

    def longest_lit(self, seen: list[dict[str, int]], line: int) -> float:
        """The longest time in seconds for which a lamp was lit, of what a watch has seen."""
        changes = [each for each in seen if each["line"] == line] + [{"at": self.now(), "line": line, "level": 0}]
        spans = [later["at"] - each["at"] for each, later in itertools.pairwise(changes) if each["level"]]
        return max(spans, default=0) / 1e9

    def slowness(self) -> float:
        """How many times longer than this machine the guest takes to import what the firmware imports of others.

        The best of three on this machine, which is what it can do when it has time; one in the guest, which is what it
        does now.
        """
        here = min(_import_time_here() for _ in range(3))
        there = self.import_time()
        self.times.setdefault("floor: imports of third-party libraries, in the guest", []).append(there)
        self.times.setdefault("floor: imports of third-party libraries, on this machine", []).append(here)
        return there / here

    def import_time(self) -> float:
        """Milliseconds that the firmware's own Python takes to start and import what the firmware imports of others."""
        pid = self.guest.do("show")["MainPID"]
        python = self.guest.run("sh", "-c", f"tr '\\0' '\\n' </proc/{pid}/cmdline | head -n 1").strip()
        began = self.now()
        self.guest.run(python, "-c", IMPORTS, timeout=60)
        return (self.now() - began) / 1e6

    def note(self, what: str, began: int, ended: int) -> float:
        """Keeps a measured time, and gives it in milliseconds."""
        milliseconds = (ended - began) / 1e6
        self.times.setdefault(what, []).append(milliseconds)
        print(f"{what}: {milliseconds:.1f} ms")
        return milliseconds

    def power_cut(self) -> None:
        """Nobody in the machine hears of it; it boots again."""
        self._machine.power_cut()
        until_up(self._machine, self.guest, time.monotonic() + BOOT_TIME)
        self._boot = self._boot_id()
        self.guest.pace()

    def still_up(self) -> bool:
        """Whether the machine has run on since it was last started by us; a kernel that breaks starts it anew."""
        try:
            return self._boot_id() == self._boot
        except MachineBroken:
            return False

    def wait(self, seconds: float) -> None:
        """Lets real time go by where the passing of time is what is tested: a cut that lasts, a lamp that stays."""
        time.sleep(seconds)

    def settle(self, seconds: float) -> None:
        """Gives the firmware the time in which it does on a quick machine what it may do; nothing tells when it has."""
        time.sleep(seconds * self.guest.limit(1))

    def _boot_id(self) -> str:
        return self.guest.run("cat", "/proc/sys/kernel/random/boot_id")

    def _if_possible(self, peer: str, verb: str) -> None:
        try:
            self.terminal.peer(peer, verb)
        except AssertionError:
            return  # they were not there

    def until_joystick_works(self, seconds: float = 45) -> int:
        """Sends drives and stops until one arrives at the terminal: when it was sent on."""
        deadline = time.monotonic() + self.guest.limit(seconds)
        while time.monotonic() < deadline:
            edge = self.guest.on("joystick", "send", "8101060105050103FF")
            try:
                at = self.sent("ptzLeft", after=edge, seconds=1)
            except AssertionError:
                continue
            edge = self.guest.on("joystick", "send", "8101060105050303FF")
            self.sent("ptzStop", after=edge)
            return at
        raise AssertionError(f"the joystick did not come back within {seconds:g} s")


def debounce_at(factor: float) -> float:
    """Seconds for the button that bounces: half as long again as the default even where the guest keeps pace.

    With the default itself an emulated processor now and then stumbles for longer than that in each of 25 storms.
    """
    return round(min(MOST_DEBOUNCE, DEBOUNCE * max(1.0, factor) * HEADROOM), 3)


def _import_time_here() -> float:
    """Milliseconds of processor time: neighbours make the guest slower, and must not seem to make it quicker."""
    began = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", IMPORTS], check=True, timeout=600)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime) * 1000
