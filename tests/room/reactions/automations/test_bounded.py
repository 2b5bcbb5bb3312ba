"""However the automations are combined, and whatever happens: each happening is followed by few commands, then silence.

The terminal of this test does what it is told at once, so that whatever an automation causes comes back to all of them.
"""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from appliance.config.tables.automations import AutoAnswer, Automations, Night, RetryBusy
from appliance.language.text import Text
from appliance.room import actions
from appliance.room.actions import Action
from appliance.room.change import changed
from appliance.room.inputs import Automatic
from appliance.room.meetings.agenda import Agenda, Booking
from appliance.room.parts.call import CallEnd, Conversation, Ending
from appliance.room.parts.closed import Undisturbed
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.parts.presence import Presence
from appliance.room.reactions.reaction import Reaction
from appliance.room.reduce.reduce import reduce
from appliance.room.state import Phase, RoomState
from appliance.room.texts import BUSY_KEY
from appliance.run.automations import automations
from tests.room.rooms import ANNA, room

ALL = Automations(
    auto_answer=AutoAnswer(delay=2),
    mute_on_entry=True,
    restore_volume=40,
    unmute_after=True,
    decline_undisturbed=True,
    retry_busy=RetryBusy(times=3, pause=5),
    wake_on_touch=True,
    wake_on_presence=True,
    join_meetings=True,
    end_countdown=(5, 1),
    night=Night(begins="22:00", ends="06:00"),
    daily_restart="04:00",
)
START = datetime(2026, 3, 2, 3, tzinfo=UTC)
MEETING = Booking(title="Plans", start=START, end=START + timedelta(hours=1), peer_id=r"\c\1")
CALL = Conversation(peer=Person(ANNA))
MOST = 4 + ALL.retry_busy.times if ALL.retry_busy else 4
"""Commands that may follow one happening: a call that begins (muting, answering), ends (volume, microphone), or is
tried again."""

happenings = st.sampled_from(
    ["rings", "in call", "over", "busy", "touch", "sleeps", "comes", "goes", "meeting", "free", "lost", "back", "quiet"]
)


class World:
    """A room with all automations, and a terminal that confirms everything at once."""

    def __init__(self) -> None:
        self.now = 0.0
        self.state = room(volume=0.5, mic_muted=False, sleeping=False, agenda=Agenda(known=True))
        self.before = RoomState()
        self.reactions: dict[str, Reaction] = dict(automations(ALL, lambda: START + timedelta(seconds=self.now)))
        self.done: list[Action] = []

    def happens(self, what: str) -> None:
        """Something happens, from outside."""
        busy = CallEnd(Ending.REFUSED, self.now, "Anna", Text(BUSY_KEY))
        changes: dict[str, dict[str, object]] = {
            "rings": {"phase": Phase.RINGING, "conversation": CALL},
            "in call": {"phase": Phase.IN_CALL, "conversation": CALL},
            "over": {"phase": Phase.IDLE, "conversation": None},
            "busy": {"phase": Phase.IDLE, "conversation": None, "last_end": busy},
            "touch": {"touched_at": self.now},
            "sleeps": {"sleeping": True},
            "comes": {"presence": Presence(somebody=True)},
            "goes": {"presence": Presence(somebody=False)},
            "meeting": {"agenda": Agenda(known=True, now=MEETING)},
            "free": {"agenda": Agenda(known=True)},
            "lost": {"link": Link(LinkPhase.DOWN)},
            "back": {"link": Link(LinkPhase.UP)},
            "quiet": {"undisturbed": None if self.state.undisturbed else Undisturbed()},
        }
        self.state = changed(self.state, **changes[what])

    def settles(self) -> None:
        """Looks again as long as anything follows, and lets the time pass that the reactions ask for."""
        for _ in range(60):
            due = self.looks()
            if self.state is self.before:
                if due > self.now + 120:
                    return
                self.now = max(self.now, due)
        raise AssertionError(self.done)

    def looks(self) -> float:
        before, self.before = self.before, self.state
        due = []
        for name, reaction in list(self.reactions.items()):
            outcome = reaction(before, self.before, self.now)
            self.reactions[name] = outcome.then or reaction
            due.append(outcome.look_at)
            for event in outcome.events:
                self.state = reduce(self.state, event, self.now)
            for each in outcome.inputs:
                assert isinstance(each, Automatic)
                self.done.append(each.action)
                self.obeys(each.action)
        return min(due)

    def obeys(self, action: Action) -> None:
        """What the terminal makes of it; whoever is called is busy at once, which is the worst."""
        match action:
            case actions.Mute(on=on):
                self.state = changed(self.state, mic_muted=on)
            case actions.Volume(percent=percent):
                self.state = changed(self.state, volume=percent / 100)
            case actions.Answer():
                self.happens("in call")
            case actions.Decline():
                self.happens("over")
            case actions.CallPeer():
                self.happens("busy")
            case actions.Wake():
                self.state = changed(self.state, sleeping=False)
            case actions.RestartTerminal():
                self.state = changed(self.state, link=Link(LinkPhase.UP))


@given(st.lists(happenings, max_size=12))
def test_whatever_happens_is_followed_by_a_bounded_number_of_commands(history: list[str]) -> None:
    world = World()
    world.settles()
    for what in history:
        world.happens(what)
        before = len(world.done)
        world.settles()
        assert len(world.done) - before <= MOST, world.done[before:]
        world.now += 1.0
