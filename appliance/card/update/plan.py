"""What comes next: (state, facts) → step. No I/O, no clock.

An update goes through the stages of `state.Stage` in their order. Each step ends in a state that is written down
before the next one begins, so this table is all there is to say about a power cut at any moment:

| the file says | and the box | next |
|---|---|---|
| nothing wanted | | nothing |
| wanted | | the bundle is fetched, from where it stopped |
| fetched | | its signature, kind and version are verified |
| verified | | it is written into the other slot, as a whole |
| written | | the slot is read back and compared |
| compared | | the new version checks this box's configuration |
| fits | | the file says `switching`, then the slot is made the first: the one deciding write |
| switching | runs from the old slot | the slot is made the first, perhaps once more |
| switched | has not been restarted since | it restarts as soon as no call is up |
| switching, switched | runs from the other slot | the new version is on trial, and confirmed or started again |
| switched | runs from the old slot, restarted | it came back: the version is not tried again by itself |

What is done by itself waits for the window of hours and, from the writing on, for a room that is quiet; what somebody
has asked for does not wait for the window.
"""

from enum import StrEnum

import msgspec

from appliance.card.update.state import Stage, State


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """How the box is now. `slot`: the one it runs from; `boot`: the id of this start of the machine.

    `minute`: of the local day; None while the time is not known. `window`: minutes at which it begins and ends.
    """

    slot: str
    boot: str
    minute: int | None = None
    window: tuple[int, int] = (0, 0)
    automatic: bool = False

    @property
    def in_window(self) -> bool:
        """Whether it is the time at which the box may do something by itself."""
        if self.minute is None:
            return False
        begins, ends = self.window
        return begins <= self.minute < ends if begins < ends else not ends <= self.minute < begins


class Step(StrEnum):
    """What is to be done next."""

    NOTHING = "nothing"
    LATER = "later"  # in the window of hours
    FETCH = "fetch"
    VERIFY = "verify"
    WRITE = "write"
    COMPARE = "compare"
    TRY_SETTINGS = "try settings"
    PREPARE_SWITCH = "prepare switch"
    SWITCH = "switch"
    RESTART = "restart"
    TRIAL = "trial"
    CAME_BACK = "came back"


_NEXT = {
    Stage.WANTED: Step.FETCH,
    Stage.FETCHED: Step.VERIFY,
    Stage.VERIFIED: Step.WRITE,
    Stage.WRITTEN: Step.COMPARE,
    Stage.COMPARED: Step.TRY_SETTINGS,
    Stage.FITS: Step.PREPARE_SWITCH,
}


def plan(state: State, facts: Facts) -> Step:
    """Returns what is to be done next."""
    if state.target is None:
        return Step.NOTHING
    step = _after_switch(state, facts) or _NEXT.get(state.stage, Step.SWITCH)
    if step in (Step.TRIAL, Step.CAME_BACK) or state.target.by_hand:
        return step
    return step if facts.automatic and facts.in_window else Step.LATER


def _after_switch(state: State, facts: Facts) -> Step | None:
    """Returns what follows from the slot that the box runs from, once the slots may have been changed."""
    if state.stage not in (Stage.SWITCHING, Stage.SWITCHED):
        return None
    if state.before is None:  # no version of ours has written that
        return Step.PREPARE_SWITCH
    if facts.slot != state.before.slot:
        return Step.TRIAL
    if state.stage is Stage.SWITCHING:
        return Step.SWITCH
    return Step.RESTART if facts.boot == state.before.boot else Step.CAME_BACK
