"""Starts a room, puts it under load, ends it, and looks at what is left: again and again."""

import json
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import msgspec
from PIL import Image

from appliance.terminal.messages.enums import AppState
from tests.cli.processes import GRACE, Terminal
from tests.e2e.campaign.play import PHASES
from tests.e2e.world import ANNA, RECEPTION, is_read
from tests.eventually import eventually
from tests.kills.room import APPLIANCE, Controller, Life, Place, alive, left_behind

ENDS = {signal.SIGKILL: 5, signal.SIGTERM: 4, signal.SIGUSR1: 1}  # how often each comes up
CODES = {signal.SIGKILL: -signal.SIGKILL, signal.SIGTERM: 0, signal.SIGUSR1: 0}
LEFT, RIGHT, STOP = "81 01 06 01 05 05 01 03 FF", "81 01 06 01 05 05 02 03 FF", "81 01 06 01 05 05 03 03 FF"
MOVES = frozenset({"ptzLeft", "ptzRight", "ptzStop"})
STORED = frozenset(
    {
        "addPresetFromCurrentVideoCapturer",
        "applyVideoCapturerPreset",
        "updatePresetFromCurrentVideoCapturer",
        "addVideoCapturerPreset",
        "updateVideoCapturerPreset",
        "setBroadcastSelfie",  # the picture of the place
        "removeVideoCapturerPreset",
    }
)
TONES = frozenset({"toneDial"})
MAY_SEND = {  # what each act may send, each command once at most; of the sets above, it is not counted
    "mute": {"setMicMute"},
    "call": {"call", "accept"},
    "hangup": {"hangUp", "reject"},
}
STATE_FILES = ("presets.json", "terminal-presets.json")
ACCESS = "access"  # the folder of passwords and tokens
PICTURES = "preset-pictures"
STANDS = 0.5  # seconds between two looks at a camera that is to stand


class Ended(msgspec.Struct, frozen=True):
    """How one process ended: by which signal, and the seconds that its start and its end took."""

    by: signal.Signals
    start: float
    end: float
    acts: int


class Kills:
    """One terminal, and one room after the other."""

    def __init__(self, terminal: Terminal, place: Place, chance: random.Random, program: str = APPLIANCE) -> None:
        """`program`: what Python is to run."""
        self._terminal = terminal
        self._place = place
        self._chance = chance
        self._program = program
        self._done = Counter[str]()
        self._kept = set[str]()  # numbers of stored positions that were on the disk
        self._killed = 0

    def one(self, by: signal.Signals | None = None) -> Ended:
        """Lives one life of the room; raises `AssertionError` for whatever is wrong with it. `by`: what ends it."""
        by = by or self._chance.choices(list(ENDS), list(ENDS.values()))[0]
        self._done.clear()
        began = time.monotonic()
        with alive(self._place, self._program) as life:
            took = time.monotonic() - began
            self._is_the_terminals_room(life)
            with life.controller() as controller:
                self._works(life, controller)
                self._is_under_load(life, controller)
                if by is signal.SIGUSR1:
                    self._is_quiet(life)
                self._in_the_middle_of_something(life, controller, by)
                code, seconds = life.end(by)
            said = life.process.said["err"]
        self._killed += by is signal.SIGKILL
        assert seconds < GRACE, f"{by.name} took {seconds:.1f} s"
        assert code == CODES[by], f"{by.name} ended it with {code}: {said[-2000:]}"
        assert "Traceback" not in said, said[-4000:]
        self._left_nothing(by)
        return Ended(by, took, seconds, self._done.total())

    # after a start

    def _is_the_terminals_room(self, life: Life) -> None:
        """It shows what the terminal is, and has sent nothing but reads."""
        eventually(lambda: not self._differences(life))
        assert self._sent() == Counter(), f"nobody did anything, and {dict(self._sent())} was sent"
        eventually(lambda: self._positions() >= self._kept)

    def _differences(self, life: Life) -> list[str]:
        room, terminal = life.get("/state"), self._terminal.get("/state")
        phases = [phase.value for phase in PHASES[AppState(terminal["appState"])]]
        same = {
            "phase": room["phase"] in phases,
            "mute": room["mic_muted"] == terminal["mutes"]["mic"],
            "volume": room["volume"] == terminal["volume"],
            "camera": room["camera"] is not None and _where(room["camera"]) == _where(terminal["ptz"]),
            "history": len(room["history"]) == min(20, len(terminal["history"])),
        }
        return [name for name, is_same in same.items() if not is_same]

    def _commands(self) -> list[str]:
        """What was sent since the room authorised last."""
        methods = [command["method"] for command in self._terminal.get("/state")["commands"]]
        return methods[len(methods) - methods[::-1].index("auth") :]

    def _sent(self) -> Counter[str]:
        return Counter(method for method in self._commands() if not is_read(method))

    # what people do

    def _works(self, life: Life, controller: Controller) -> None:
        """One press is one command, whose effect is shown; a position that is stored is on the disk."""
        muted = not self._terminal.get("/state")["mutes"]["mic"]
        self._press(life, "mute")
        self._terminal.until_state(lambda state: state["mutes"]["mic"] == muted)
        life.until("/hardware", lambda hardware: hardware["lamps"]["muted"] == muted)
        assert self._sent()["setMicMute"] == 1, f"one press, and {dict(self._sent())} was sent"
        number = self._chance.randrange(8)
        controller.ask(f"81 01 04 3F 01 0{number} FF")
        self._done["store"] += 1
        eventually(lambda: str(number) in self._positions())
        self._kept.add(str(number))

    def _press(self, life: Life, button: str) -> None:
        life.press(button)
        self._done[button] += 1

    def _is_under_load(self, life: Life, controller: Controller) -> None:
        acts: list[Callable[[], object]] = [
            lambda: self._press(life, "mute"),
            lambda: self._press(life, "call"),
            lambda: self._press(life, "hangup"),
            lambda: self._peer(RECEPTION, "answer"),
            lambda: self._peer(ANNA, "call"),
            lambda: self._peer(ANNA, "leave"),
            lambda: controller.say(self._chance.choice((LEFT, RIGHT, STOP))),
            lambda: controller.say(f"81 01 04 3F 01 0{self._chance.randrange(8)} FF"),
            lambda: life.post("/hardware/keypads/keypad", key=self._chance.choice("0123456789*#")),
        ]
        for act in self._chance.choices(acts, k=self._chance.randrange(4, 16)):
            act()

    def _peer(self, who: str, verb: str) -> None:
        self._terminal.fetch("POST", f"/peers/{who}/{verb}", "{}")  # 409 where they cannot do that now

    def _is_quiet(self, life: Life) -> None:
        """Nobody is in a call, so that a restart need not wait."""
        for who in (ANNA, RECEPTION):
            self._peer(who, "leave")

        def ended() -> bool:
            state: int = self._terminal.get("/state")["appState"]
            if state != AppState.READY:
                self._press(life, "hangup")
            return state == AppState.READY

        eventually(ended)

    def _in_the_middle_of_something(self, life: Life, controller: Controller, by: signal.Signals) -> None:
        """The camera moves, or is about to; a position is being written, and a press is on its way."""
        pan = self._terminal.get("/state")["ptz"]["pan"]["currentValue"]
        controller.say(STOP)
        controller.say(LEFT if pan > 0 else RIGHT)
        if by is not signal.SIGKILL or self._chance.random() < 0.5:
            eventually(self._camera_was_sent_off)
        controller.say(f"81 01 04 3F 01 0{self._chance.randrange(8)} FF")
        if by is not signal.SIGUSR1:  # which waits for a finger on a button
            button = self._chance.choice(("mute", "call", "hangup"))
            life.press_and_go(button)
            self._done[button] += 1
        time.sleep(self._chance.uniform(0, 0.05))

    def _camera_was_sent_off(self) -> bool:
        moves = [method for method in self._commands() if method in MOVES]
        return moves[-1:] not in ([], ["ptzStop"])

    # after an end

    def _left_nothing(self, by: signal.Signals) -> None:
        """Nothing runs, nothing was sent twice, and what is on the disk is whole."""
        assert left_behind(self._place.config) == []
        self._sent_what_was_asked()
        files = self._place.files()
        half = {f".{name}.new" for name in STATE_FILES} if by is signal.SIGKILL else set[str]()
        assert {*files["state"]} <= {*STATE_FILES, *half, PICTURES, ACCESS}, files
        self._pictures_are_whole(half=by is signal.SIGKILL)
        assert self._positions() >= self._kept, "a stored position was lost"
        if by is not signal.SIGKILL:
            assert files["runtime"] == [], files
            self._camera_stands()
        assert len(files["temporary"]) <= self._killed, files  # the virtual hardware's, one a kill

    def _pictures_are_whole(self, *, half: bool) -> None:
        folder = self._place.folder / "state" / PICTURES
        for path in folder.iterdir() if folder.is_dir() else ():
            if half and path.name.startswith("."):
                continue
            assert path.suffix == ".jpg", path
            with Image.open(path) as picture:
                picture.load()

    def _sent_what_was_asked(self) -> None:
        sent = self._sent()
        for act, methods in MAY_SEND.items():
            for method in methods:
                assert sent[method] <= self._done[act], f"{self._done[act]} times {act}, and {dict(sent)} was sent"
        known = MOVES | STORED | TONES | {method for methods in MAY_SEND.values() for method in methods}
        assert sent.keys() <= known, f"nobody asked for {sorted(sent.keys() - known)}"

    def _camera_stands(self) -> None:
        assert not self._camera_was_sent_off(), "the camera moves on: nobody has stopped it"
        where = _where(self._terminal.get("/state")["ptz"])
        time.sleep(STANDS)
        now = _where(self._terminal.get("/state")["ptz"])
        assert now == where, f"the camera moves on: {where}, {now}"

    def _positions(self) -> set[str]:
        """Numbers of the stored positions on the disk."""
        path = self._place.folder / "state" / STATE_FILES[0]
        try:
            return set(json.loads(path.read_bytes())) if path.exists() else set()
        except ValueError as error:
            raise AssertionError(f"{path.name} is not whole: {error}") from None


def _where(camera: Any) -> list[float]:
    """Returns pan, tilt and zoom, as room or terminal tell them."""
    axes = [camera[name] for name in ("pan", "tilt", "zoom")]
    return [axis.get("currentValue", axis.get("current_value")) for axis in axes]
