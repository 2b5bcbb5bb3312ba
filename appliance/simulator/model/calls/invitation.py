"""A call that is being set up."""

import msgspec

from appliance.terminal.messages.enums import ConferenceType


class Invitation(msgspec.Struct, frozen=True):
    """Somebody is being called: by the room (outgoing) or the room itself (incoming).

    `joins` is set where the room asked to come into somebody's conference. `until` is monotonic seconds,
    `started` Unix seconds.
    """

    peer_id: str
    outgoing: bool
    conf_id: str
    until: float
    started: int
    type: ConferenceType = ConferenceType.POINT_TO_POINT
    title: str = ""
    joins: bool = False

    @property
    def group(self) -> bool:
        """Whether it is about a group conference."""
        return self.type is not ConferenceType.POINT_TO_POINT

    def describe(self) -> dict[str, str]:
        """The fields of the reply to `getConferences`; it does not say who the other one is."""
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
