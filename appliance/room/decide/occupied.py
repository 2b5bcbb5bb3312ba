"""The phases of a call in which the room is not free."""

from appliance.room.state import Phase

SETTING_UP = frozenset({Phase.WAITING, Phase.CALLING, Phase.RINGING})


OCCUPIED = SETTING_UP | {Phase.WAITING_ROOM, Phase.IN_CALL}
