"""Plays a script in a whole room, and asserts what must hold at every step and at every moment of quiet."""

import random
from collections import Counter, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import msgspec
import trio
from trio.testing import MockClock

from appliance.room.parts.link import LinkPhase
from appliance.room.parts.reading import Reading
from appliance.room.state import Phase, RoomState
from appliance.services.link.controller import CAMERA_ANSWER
from appliance.simulator.model.common.errors import Impossible, Refused
from appliance.simulator.model.dialects.instances import without_instance
from appliance.simulator.option_types import Generation
from appliance.simulator.options import CONTACTS, Contact
from appliance.terminal.messages import Command, Untyped
from appliance.terminal.messages.calls import Call, ToneDial
from appliance.terminal.messages.enums import AppState, CallDirection
from appliance.terminal.pending_reply import PendingReply
from appliance.terminal.session import Taken
from tests.drivers.visca.carried import carry
from tests.e2e.campaign.script import BADGE, FAR_SIDE, INPUTS, LOCKED, MOVES, PASSWORD, Script, Step
from tests.e2e.world import ANNA, JOHN, World, a_room, is_read
from tests.virtual_time import passes, real

ROOM = """
hardware = "virtual"
[room]
name = "Neptune"
contact = "{contact}"
{room}
[terminal]
host = "127.0.0.1"
web_port = {web}
{terminal}
[buttons.call]
pin = 17
press = "call"
[buttons.hangup]
pin = 27
press = "hang_up"
[buttons.mute]
pin = 22
press = "mute"
[keypads.keypad]
[keypads.keypad.keys]
{keys}
[speakerphones.speakerphone]
[joysticks.joystick]
port = "virtual"
[panel]
listen = "127.0.0.1:0"
"""
KEYS = f'"*" = "redial"\nF1 = "call {ANNA}"\nF2 = "call {JOHN}"\nF3 = "call {LOCKED}"'
READER = f'[readers.badge]\ndevice = "RFID"\n[readers.badge.codes]\n"{BADGE}" = "call {ANNA}"'
OWNER = Contact(peer_id=LOCKED, name="Board", conference_pin=PASSWORD)
GENERATIONS = tuple(Generation)
TAKEOVER = 'on_takeover = "reclaim"\nreclaim_after = 5'
FINGER = 0.06  # seconds: longer than a contact bounces; after it, the command of a press has been posted
ON_ITS_WAY = (
    0.0005  # real seconds of idleness after which time passes: everything is in this process, and arrives at once
)
SETTLES = 100.0  # seconds in which every fault is over, and every ringing
LATEST = 600.0  # seconds until what was not answered is asked again
PHASES = {
    AppState.OFFLINE: (Phase.OFFLINE,),
    AppState.CONNECTING: (Phase.CONNECTING,),
    AppState.LOGIN_NEEDED: (Phase.LOGIN_NEEDED,),
    AppState.READY: (Phase.IDLE,),
    AppState.WAITING: (Phase.CALLING, Phase.RINGING),
    AppState.IN_CONFERENCE: (Phase.IN_CALL, Phase.WAITING_ROOM),
    AppState.CLOSING: (Phase.CLOSING,),
}
# What the room knows by itself, what is a moment, and what no read tells: whose doing it was that we are muted.
LOCAL = {
    *("muted_by_owner", "chat"),
    *("notice", "active_at", "surprise", "surprises", "number", "password", "held", "call_asked", "asked"),
    *(
        "volume_asked",
        "motion",
        "local_motion",
        "mute_locks",
        "offline",
        "halted",
        "stale",
        "link",
        "last_end",
        *("lists_requests", "volume_shown_until", "on_hold", "prompt", "camera_prompt"),
        *("address_until", "agenda", "bookings", "missed", "tones", "touched_at", "trouble"),
        "preset_pictures",
    ),
}


class Failure(msgspec.Struct, frozen=True):
    """What the room got wrong, and at which step."""

    number: int
    step: Step
    what: str

    def __str__(self) -> str:
        return f"step {self.number}, {msgspec.json.encode(self.step).decode()}: {self.what}"


def play(script: Script, seed: int = 0) -> Failure | None:
    """Plays a script from the beginning; returns what the room got wrong, if anything."""
    return trio.run(_play, script, seed, clock=MockClock(autojump_threshold=real(ON_ITS_WAY)))


def generation_of(seed: int) -> Generation:
    """Returns which terminals the simulated one speaks like: each in turn."""
    return GENERATIONS[seed % len(GENERATIONS)]


async def _play(script: Script, seed: int) -> Failure | None:
    options = {"generation": generation_of(seed), "contacts": (*CONTACTS, OWNER)}
    async with a_room(keys=KEYS, terminal=f"{TAKEOVER}\n{READER}", options=options, template=ROOM) as world:
        world.appliance.parts.link._rng = random.Random(seed)
        return await Player(world).play(script)


def agree(what: str, shown: object, true: object) -> None:
    """Asserts that the room shows what is true."""
    assert shown == true, f"{what}: the room has {shown!r}, true is {true!r}"


class Player:
    """One room under a script."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.hardware = world.hardware
        self.simulator = world.simulator
        self.posted: list[Command | Untyped] = []  # what is no mere read
        self.counted = Counter[str]()
        self.before: RoomState | None = None  # as it was when it was quiet, if nobody has done anything since
        self.under_way = 0  # presses of the terminal's own keys that the room has not heard of yet
        self.tone = ""  # the last one that was for a line
        self.late = 0.0  # seconds by which a reply may have been late
        self.simulator.terminal.received = deque()  # all, not the latest only
        self._tap()

    def _tap(self) -> None:
        link = self.world.appliance.parts.link
        post, post_now = link.post, link.post_now

        async def tapped(command: Command | Untyped) -> PendingReply:
            return self._note(command, await post(command))

        def tapped_now(command: Command | Untyped, *, urgent: bool = False, taken: Taken | None = None) -> PendingReply:
            return self._note(command, post_now(command, urgent=urgent, taken=taken))

        link.post, link.post_now = tapped, tapped_now  # type: ignore[method-assign]

    def _note(self, command: Command | Untyped, pending: PendingReply) -> PendingReply:
        if not is_read(command.method):
            self.counted[command.method] += 1
            if not self._is_second_spelling(command):
                self.posted.append(command)
        return pending

    def _is_second_spelling(self, command: Command | Untyped) -> bool:
        """A tone for a line that the terminal has refused goes out again without the line: the same press."""
        if not isinstance(command, ToneDial):
            return False
        before, self.tone = self.tone, command.symbol if isinstance(command.call_id, str) else ""
        return before == command.symbol and command.call_id is msgspec.UNSET

    async def play(self, script: Script) -> Failure | None:
        """Does one step after the other; returns what the room got wrong first, if anything."""
        for number, step in enumerate(script):
            try:
                await self.do(step)
            except (AssertionError, trio.TooSlowError) as error:
                return Failure(number, step, str(error) or repr(error))
        return None

    async def do(self, step: Step) -> None:
        """Does a step; what the far side cannot do now is left out."""
        self.posted.clear()
        if step.verb in {**INPUTS, **FAR_SIDE}:
            self.before = None
        if step.verb == "same as before":
            self.under_way = 0
        with suppress(Impossible, Refused):
            await VERBS[step.verb](self, *step.about)
        await passes(step.wait)
        self._nothing_unasked(step)

    def _nothing_unasked(self, step: Step) -> None:
        """Nothing is sent without an input, one press is sent once, and nothing arrives twice."""
        methods = Counter(command.method for command in self.posted)
        if step.verb not in INPUTS and methods:
            assert self.under_way > 0, f"nobody did anything, and {dict(methods)} was sent"
            self.under_way -= 1
        assert max(methods.values(), default=0) <= 1, f"one press, and {dict(methods)} was sent"
        received = Counter(command["method"] for command in self.simulator.terminal.received)
        for method in self.counted:
            assert received[method] <= self.counted[method], f"{method} was received more often than it was sent"

    # inputs

    async def press(self, button: str) -> None:
        await self._finger(lambda: self.hardware.gpio.press(button), lambda: self.hardware.gpio.release(button))

    async def key(self, symbol: str) -> None:
        await self._finger(lambda: self.hardware.keypads["keypad"].key(symbol))

    async def badge(self, code: str) -> None:
        """A reader types what it reads, and Enter."""
        reader = self.hardware.keypads["badge"]
        for symbol in (*code, "call"):
            reader.key(symbol)
        await passes(FINGER)

    async def joystick(self, move: str) -> None:
        """A lever is moved and let go; a drive that had to wait for the answer to the last has gone meanwhile."""
        line = self.hardware.serials["joystick"]
        begin, end = (bytes.fromhex(frame) for frame in MOVES[move])
        await self._finger(lambda: carry(line, begin), lambda: carry(line, end))
        await passes(2 * CAMERA_ANSWER)
        line.read()

    async def hook(self, off: bool) -> None:  # an argument of a script
        await self._finger(lambda: self.hardware.speakerphones["speakerphone"].hook(off=off))

    async def mute_key(self) -> None:
        await self._finger(self.hardware.speakerphones["speakerphone"].mute)

    async def volume(self, step: int) -> None:
        await self._finger(lambda: self.hardware.speakerphones["speakerphone"].volume(step))

    async def terminals_key(self, which: str) -> None:
        if self.simulator.terminal.options.generation is Generation.NEW:
            return  # it tells nobody
        keys = {"hook off": self.simulator.press_hook_off, "hang up": self.simulator.press_hang_up}
        await self._finger(keys[which])
        self.under_way += not self.posted

    async def redial(self) -> None:
        """Redial calls whom the terminal called last, or nobody."""
        last, before = self._last_called(), self.world.state
        await self.key("*")
        called = [command.peer_id for command in self.posted if isinstance(command, Call)]
        assert called in ([], [last]), f"redial called {called}; the terminal called {last!r} last"
        after = self.world.state
        idle = before.phase is after.phase is Phase.IDLE  # or somebody called before the press was heard
        if not called and last and idle and before.call_asked is None:
            said = f"{after.notice}, {before.history[:3]}"
            assert Reading.HISTORY in before.stale, f"redial called nobody, and the history was known: {said}"
            assert self.world.state.notice is not None, "redial did not say why it called nobody"

    def _last_called(self) -> str:
        calls = self.simulator.terminal.history.calls
        return next((call.peer_id for call in calls if call.direction is CallDirection.OUTGOING), "")

    async def _finger(self, *moves: Callable[[], object]) -> None:
        for move in moves:
            move()
            await passes(FINGER)

    # the far side

    async def peer(self, who: str, verb: str) -> None:
        getattr(self.simulator.peer(who), verb)()

    async def reject(self, who: str, cause: int) -> None:
        self.simulator.peer(who).reject(cause)

    async def invite(self, who: str, kind: int) -> None:
        self.simulator.peer(who).call(kind, "Planning")

    async def owner_mutes(self, device: str, mute: bool) -> None:  # an argument of a script
        self.simulator.mute_room(device, mute=mute)

    async def waiting_room(self, who: str, inside: bool) -> None:  # an argument of a script
        self.simulator.peer(who).waiting_room(inside=inside)

    async def server(self, verb: str) -> None:
        (self.simulator.lose_server if verb == "lose" else self.simulator.restore_server)()

    async def rename(self, who: str, name: str) -> None:
        with self.simulator.changing() as terminal:
            terminal.directory.rename(who, name)

    async def viewed(self) -> None:
        with self.simulator.changing() as terminal:
            terminal.history.mark_viewed()

    # faults

    async def fault(self, name: str, *about: float) -> None:
        if name in {"stall", "slow"}:
            self.late = max(self.late, about[-1])
        getattr(self.simulator.faults, name)(*about)

    async def drop(self) -> None:
        self.simulator.drop()

    async def garbage(self) -> None:
        self.simulator.garbage()

    async def take_over(self) -> None:
        self.simulator.take_over("admin")

    async def evict(self, cause: int) -> None:
        self.simulator.evict("admin", cause)

    async def restart(self) -> None:
        """What a terminal is about is over with it: only the truth is left to compare with."""
        self.simulator.restart()
        self.before = None

    # quiet

    async def quiet(self) -> None:
        """Faults and ringing have ended, the terminal has its server: the room has had the time to know everything."""
        self.hardware.speakerphones["speakerphone"].plug()
        await passes(SETTLES)
        with suppress(Impossible):
            self.simulator.restore_server()
        await passes(1)
        await self._known()
        self.tells_the_truth()
        self.before = self.world.state

    async def same_as_before(self) -> None:
        """The link was cut, and nothing else happened: the room is as it was."""
        before = self.before
        await passes(SETTLES)
        await self._known()
        self.tells_the_truth()
        if before is not None:
            then, now = compared(before), compared(self.world.state)
            for name, value in then.items():
                agree(f"{name} after the cut", now[name], value)
            self._began_then(before, self.world.state)

    def _began_then(self, before: RoomState, after: RoomState) -> None:
        """A call has lasted as long as before, but for the second that getConferences is told in and a late reply."""
        if before.conversation and after.conversation and before.conversation.since and after.conversation.since:
            off = abs(before.conversation.since - after.conversation.since)
            assert off <= 1.1 + self.late, f"the call began {off:.1f} s earlier or later than before the cut"

    async def _known(self) -> None:
        with trio.move_on_after(LATEST):
            await self.world.until(lambda state: state.link.phase is LinkPhase.UP and not state.stale)
        state = self.world.state
        agree("the link, and what is stale", (state.link.phase, dict(state.stale)), (LinkPhase.UP, {}))

    def tells_the_truth(self) -> None:
        """What the room shows is what the terminal is."""
        state, terminal = self.world.state, self.simulator.terminal
        assert state.phase in PHASES[terminal.app_state], f"{state.phase} while the terminal is {terminal.app_state!r}"
        muted = (state.mic_muted, state.audio_muted, state.video_muted)
        agree("mutes", muted, tuple(terminal.mutes.muted[each] for each in ("mic", "audio", "video")))
        shown = state.camera and (state.camera.pan, state.camera.tilt, state.camera.zoom)
        axes = terminal.camera.describe()
        where = tuple(axes[each]["currentValue"] for each in ("pan", "tilt", "zoom"))
        agree("where the camera looks", shown and tuple(axis.current_value for axis in shown), where)
        agree("the volume", state.volume, terminal.settings.values["audioPlayLevel"])
        agree(
            "the address book",
            [(contact.peer_id, contact.peer_name, int(contact.status)) for contact in state.contacts],
            [tuple(contact.values()) for contact in terminal.directory.address_book()],
        )
        agree(
            "the history",
            [(call.peer_id, int(call.type), call.start_time, call.viewed) for call in state.history],
            [(call["peerId"], call["type"], call["startTime"], call["viewed"]) for call in terminal.history.latest(20)],
        )
        agree("whom the call is with", self._with_whom(state), self._with_whom_really())

    def _with_whom(self, state: RoomState) -> tuple[str, str, str]:
        call = state.conversation
        if call is None:
            return ("", "", "")
        return (without_instance(call.peer.peer_id) if call.peer else "", call.title, call.owner)

    def _with_whom_really(self) -> tuple[str, str, str]:
        current = self.simulator.terminal.calls._current
        if current.roster is not None:
            roster = current.roster
            return ("" if roster.mine else roster.owner or roster.peer_id, roster.title, roster.owner)
        return ("", "", "") if current.invitation is None else (current.invitation.peer_id, "", "")


def compared(state: RoomState) -> dict[str, Any]:
    """What must be the same again after a cut."""
    fields = {name: getattr(state, name) for name in state.__struct_fields__ if name not in LOCAL}
    return {**fields, "conversation": state.conversation and msgspec.structs.replace(state.conversation, since=None)}


def _fault(name: str) -> Callable[..., Any]:
    return lambda player, *about: player.fault(name, *about)


VERBS: Mapping[str, Callable[..., Any]] = {
    "press": Player.press,
    "key": Player.key,
    "redial": Player.redial,
    "badge": Player.badge,
    "joystick": Player.joystick,
    "hook": Player.hook,
    "mute key": Player.mute_key,
    "volume": Player.volume,
    "terminal's key": Player.terminals_key,
    "peer": Player.peer,
    "reject": Player.reject,
    "invite": Player.invite,
    "owner mutes": Player.owner_mutes,
    "peer asks": Player.peer,
    "waiting room": Player.waiting_room,
    "server": Player.server,
    "rename": Player.rename,
    "viewed": Player.viewed,
    "lose reply": _fault("lose_reply"),
    "mute replies": _fault("mute_replies"),
    "double replies": _fault("double_replies"),
    "reorder replies": _fault("reorder_replies"),
    "fragment": _fault("fragment"),
    "slow": _fault("slow"),
    "stall": _fault("stall"),
    "half open": _fault("half_open"),
    "wrong ports": _fault("wrong_ports"),
    "garbage": Player.garbage,
    "drop": Player.drop,
    "take over": Player.take_over,
    "evict": Player.evict,
    "restart": Player.restart,
    "quiet": Player.quiet,
    "same as before": Player.same_as_before,
}
