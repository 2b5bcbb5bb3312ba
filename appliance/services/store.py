"""The one state in the middle: events go in, whoever shows something follows it."""

from collections.abc import Callable

import msgspec
import trio

from appliance.language.text import Text
from appliance.room.change import NOTICE_SECONDS
from appliance.room.local_events.box import ServiceOffline, ServiceOnline
from appliance.room.local_events.shown import NoticeShown, PairingBegun, PairingOver
from appliance.room.reduce.reduce import reduce
from appliance.room.secret import Secret
from appliance.room.state import RoomState
from appliance.runtime.followed import Followed


def touched(state: RoomState, now: float, *, by_hand: bool = False) -> RoomState:
    """Returns `state` with `now` (monotonic seconds) as the moment at which somebody last did something.

    `by_hand`: in the room, and not at the other end or in the terminal.
    """
    return msgspec.structs.replace(state, active_at=now, touched_at=now if by_hand else state.touched_at)


class RoomStore:
    """Holds the room's state and folds what happens into it."""

    def __init__(self, changed: Callable[[RoomState, RoomState], None] | None = None) -> None:
        """`changed` hears of each change that an event has made, also of those that no follower gets to see."""
        self.followed = Followed(RoomState())
        self._changed = changed

    def tell_changes(self, changed: Callable[[RoomState, RoomState], None] | None) -> None:
        """Lets `changed` hear of changes from now on, and whoever heard before no more."""
        self._changed = changed

    @property
    def state(self) -> RoomState:
        """The room as it is now."""
        return self.followed.value

    def apply(self, change: object) -> None:
        """Folds one event into the state."""
        before = self.followed.value
        self.followed.value = state = reduce(before, change, trio.current_time())
        if self._changed is not None and state is not before:
            self._changed(before, state)

    def remember(self, state: RoomState) -> None:
        """Stores the room as it is after an input (only local fields differ); followers are not woken yet."""
        self.followed.hold_back(state)

    def touch(self) -> None:
        """Notes that somebody did something, or that something happened that a person should see."""
        self.followed.value = touched(self.state, trio.current_time())

    def tell(self, text: Text) -> None:
        """Shows a sentence on the display for some seconds."""
        self.apply(NoticeShown(text, trio.current_time() + NOTICE_SECONDS))

    def show_code(self, code: str, until: float, where: str = "", matrix: str = "") -> None:
        """Shows the code by which a screen is paired, until a monotonic time in seconds.

        `where`: the page that takes it, for a phone; `matrix`: both as a QR code, see `PairingCode`.
        """
        self.apply(PairingBegun(Secret(code), until, where, Secret(matrix)))

    def hide_code(self) -> None:
        """Shows it no longer."""
        if self.state.pairing is not None:
            self.apply(PairingOver())

    def service_is(self, name: str, *, online: bool) -> None:
        """Notes that the hardware behind a service works or does not; what is news is worth waking a display."""
        before = self.state
        self.apply(ServiceOnline(name) if online else ServiceOffline(name))
        if self.state is not before:
            self.touch()
