"""The one call that a terminal has at a time.

It is nothing, an invitation that rings (outgoing or incoming), a conference that is going on, or one that is
closing, which takes a moment. Beside a conference another incoming invitation may wait:

    nothing -> invitation -> going on -> closing -> nothing
       ^           |             ^
       +-----------+             +--- a conference that the room creates begins without an invitation

`calls.Calls`, with `calls.Ringing`, alone moves it along. Every other part that depends on it (slides, layout, chats,
file transfers, sound tests) is given this object and reads it, so that none of them knows how calls are made.
"""

import math

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.conversation.invitation import Invitation
from appliance.simulator.model.conversation.roster import Roster
from appliance.terminal.messages.enums import AppState


class CurrentCall:
    """`roster` is set from the beginning of a conference to the end of its closing."""

    def __init__(self) -> None:
        self.invitation: Invitation | None = None
        self.roster: Roster | None = None
        self.closed_at = math.inf  # when the closing ends, monotonic seconds; infinity while nothing closes

    @property
    def app_state(self) -> AppState | None:
        """What the terminal is doing as far as calls go; None: nothing."""
        if self.closing:
            return AppState.CLOSING
        if self.roster is not None:
            return AppState.IN_CONFERENCE
        return AppState.WAITING if self.invitation is not None else None

    @property
    def closing(self) -> bool:
        """Whether the conference is over and not yet gone."""
        return self.closed_at < math.inf

    @property
    def in_conference(self) -> bool:
        """Whether a conference is going on."""
        return self.app_state is AppState.IN_CONFERENCE

    @property
    def group(self) -> dict[str, str]:
        """The field `confId` of what names the conference in group conferences only; empty elsewhere."""
        return {"confId": self.roster.conf_id} if self.roster is not None and self.roster.group else {}

    def going_on(self) -> Roster:
        """Returns the conference that is going on; refused if there is none."""
        if self.roster is None or self.closing:
            raise Refused(errors.NO_CALL)
        return self.roster
