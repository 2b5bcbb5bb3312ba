"""The room: the guest with the firmware and its devices, the terminal on the host, and what tests ask of both."""

import itertools
import subprocess
import sys
import time
from typing import Any

from tests.hardware.agent_line import Guest
from tests.hardware.machine import BOOT_TIME, Machine
from tests.hardware.terminal import SimulatedTerminal

RECEPTION, ANNA = "100@meet.example.com", "anna.petrova@meet.example.com"
BUTTONS = {"call": 17, "hangup": 27, "mute": 22, "left": 23, "slow": 24}
KNOB = (20, 21)
LAMPS = {"ringing": 5, "in_call": 6, "muted": 13, "link": 19}
PLUGS = ("phone", "oled", "keypad", "badge", "joystick")
BADGE, MUTE_BADGE = "0006871123\n", "0006871124\n"  # as the reader types them
IMPORTS = (
    "import sys; sys.path.insert(0, '/usr/lib/offhook/python'); "
    "import trio, trio_websocket, gpiozero, serial, evdev, luma.oled.device, msgspec, structlog, click"
)
IDLE, IN_CALL = 3, 5  # appState

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
[readers.badge]
device = "Bench Reader"
[readers.badge.codes]
"0006871123" = "call {anna}"
"0006871124" = "mute"
[speakerphones.speakerphone]
[joysticks.joystick]
port = "/dev/ttyACM0"
[display]
bus = {bus}
[log]
level = "debug"
"""


class Room:
    """One guest and one terminal. Times are nanoseconds of the guest's clock."""

    def __init__(self, machine: Machine, guest: Guest, terminal: SimulatedTerminal) -> None:
        self._machine = machine
        self.guest = guest
        self.terminal = terminal
        self.times: dict[str, list[float]] = {}
        self._boot = self._boot_id()

    def set_up(self) -> None:
        """Plugs everything in and starts the service with its configuration."""
        self.plug_all()
        text = CONFIGURATION.format(web=self.terminal.ports["web"], bus=self.bus(), contact=RECEPTION, anna=ANNA)
        self.guest.do("write", path="/etc/offhook/room.toml", text=text)
        self.guest.run("systemctl", "enable", "--quiet", "offhook.service")
        self.guest.run("systemctl", "start", "offhook.service", timeout=60)
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
        """When a lamp had been steady for so long; it neither blinks nor flashes."""
        return int(self.guest.on("gpio", "wait_steady", LAMPS[name], int(lit), for_seconds, seconds, within=seconds))

    def now(self) -> int:
        """The guest's clock."""
        return int(self.guest.do("now"))

    def until_linked(self, seconds: float = 40) -> int:
        """When the lamp of the link had gone dark for good; every other lamp knows what it shows then."""
        return self.lamp_stays("link", lit=False, for_seconds=0.7, seconds=seconds)

    def until_idle(self) -> None:
        """Ends whatever goes on, and waits until terminal and lamps agree that nothing does."""
        for verb, peer in (("leave", ANNA), ("leave", RECEPTION)):
            self._if_possible(peer, verb)
        if self.terminal.state()["appState"] != IDLE:
            self.press("hangup")
        self.terminal.until(lambda state: state["appState"] == IDLE)
        if self.terminal.state()["mutes"]["mic"]:
            self.press("mute")
            self.terminal.until(lambda state: not state["mutes"]["mic"])
        self.lamp_stays("in_call", lit=False)
        self.lamp_stays("muted", lit=False)

    def in_a_call(self) -> None:
        """Into a call that the button placed."""
        began = self.press("call")
        self.sent("call", after=began)
        self.terminal.until(lambda state: state["appState"] != IDLE)
        self.terminal.peer(RECEPTION, "answer")
        self.lamp_stays("in_call", lit=True)

    def until_status(self, offline: str, seconds: float = 45) -> None:
        """Until the service's own status names a device as offline; empty: none."""
        deadline = time.monotonic() + seconds
        while True:
            status = self.guest.do("show")["StatusText"]
            if (offline in status and "offline" in status) if offline else "offline" not in status:
                return
            if time.monotonic() > deadline:
                raise AssertionError(f"status {status!r} after {seconds:g} s")
            time.sleep(0.2)

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

        The best of three on this machine, which is what it can do; one in the guest, which is what it does now.
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
        self.guest.until_back(BOOT_TIME)
        self._boot = self._boot_id()

    def still_up(self) -> bool:
        """Whether the machine has run on since it was last started by us; a kernel that breaks starts it anew."""
        return self._boot_id() == self._boot

    def wait(self, seconds: float) -> None:
        """Lets real time go by where the passing of time is what is tested: a cut that lasts, a lamp that stays."""
        time.sleep(seconds)

    def _boot_id(self) -> str:
        return self.guest.run("cat", "/proc/sys/kernel/random/boot_id")

    def _if_possible(self, peer: str, verb: str) -> None:
        try:
            self.terminal.peer(peer, verb)
        except AssertionError:
            return  # they were not there

    def until_joystick_works(self, seconds: float = 45) -> int:
        """Sends drives and stops until one arrives at the terminal: when it was sent on."""
        deadline = time.monotonic() + seconds
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


def _import_time_here() -> float:
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", IMPORTS], check=True, timeout=60)
    return (time.monotonic() - began) * 1000
