"""What follows each call: the next people find the room as they expect it."""

from collections.abc import Callable, Sequence
from functools import partial

from appliance.room import actions
from appliance.room.actions import Action
from appliance.room.inputs import Automatic
from appliance.room.orders.asked import SAME_LEVEL
from appliance.room.reactions.hold import SETTLED
from appliance.room.reactions.reaction import Outcome, Reaction, same_session
from appliance.room.state import GOING_ON, Phase, RoomState

NO_CALL = frozenset({Phase.OFFLINE, Phase.CONNECTING, Phase.LOGIN_NEEDED, Phase.IDLE})

After = Callable[[RoomState, RoomState], Sequence[Action]]
"""From the room before a call, and as it is when the call is over, to what follows."""


def after_call(what: After) -> Reaction:
    """Returns the reaction that does something `SETTLED` seconds after a call of which it saw both ends.

    It waits because a call that becomes a conference may end first: nobody must be heard or deafened in between.
    """
    return partial(_after, what)


def restore_volume(level: int | None) -> After:
    """Returns what sets the volume to `level` in percent; None: to what it was before the call."""

    def volume(began: RoomState, over: RoomState) -> Sequence[Action]:
        wanted = began.volume if level is None else level / 100
        if wanted is None or (over.volume is not None and abs(over.volume - wanted) < SAME_LEVEL):
            return ()
        return (actions.Volume(round(wanted * 100)),)

    return volume


def unmute(_began: RoomState, over: RoomState) -> Sequence[Action]:
    """Switches the microphone on for the next people, unless a speakerphone keeps it muted or a hold will end."""
    return (actions.Mute("mic", on=False),) if over.mic_muted and not over.mute_locks and not over.on_hold else ()


def _after(
    what: After,
    before: RoomState,
    state: RoomState,
    now: float,
    *,
    began: RoomState | None = None,
    since: float | None = None,
) -> Outcome:
    """`began`: the room before the call, if that was seen; `since`: when the call was first seen to be over."""
    if not same_session(before, state):
        return Outcome(then=partial(_after, what))
    if state.phase in GOING_ON and before.phase not in GOING_ON:
        began = began or before
    if began is None or state.phase not in NO_CALL:
        return Outcome(then=partial(_after, what, began=began))
    since = now if since is None else since
    if now < since + SETTLED:
        return Outcome(look_at=since + SETTLED, then=partial(_after, what, began=began, since=since))
    inputs = tuple(Automatic(action) for action in what(began, state))
    return Outcome(inputs=inputs, then=partial(_after, what))
