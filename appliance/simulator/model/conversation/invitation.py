"""A call that is being set up."""

import msgspec

from appliance.terminal.messages.enums import ConferenceType


class Invitation(msgspec.Struct, frozen=True):
    """A call that rings: the room calls somebody (outgoing) or somebody calls the room (incoming).

    `joins` is set if the room asked to join somebody's conference, `accepted` if the room has accepted it and another
    call has yet to close. It rings `until` (monotonic seconds) at most, and began at `started` (Unix seconds).
    """

    peer_id: str
    outgoing: bool
    conf_id: str
    until: float
    started: int
    type: ConferenceType = ConferenceType.POINT_TO_POINT
    title: str = ""
    joins: bool = False
    accepted: bool = False

    @property
    def group(self) -> bool:
        """Whether it is about a group conference."""
        return self.type is not ConferenceType.POINT_TO_POINT

    def describe(self) -> dict[str, str]:
        """Returns the fields of the reply to `getConferences`, which does not say who the other side is."""
        fields = {
            "direction": "outgoing" if self.outgoing else "incoming",
            "type": "conference" if self.group else "p2p",
            "confId": self.conf_id,
        }
        return {**fields, "confTitle": self.title} if self.group and not self.outgoing else fields

    @property
    def request_kind(self) -> str:
        """Its name among the `requests` of the application state."""
        return ("outgoing" if self.outgoing else "incoming") + ("GroupConf" if self.group else "P2PCall")
