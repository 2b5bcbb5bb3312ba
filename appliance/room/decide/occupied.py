"""The phases of a call in which the room is not free."""

from appliance.room.state import GOING_ON, Phase

SETTING_UP = frozenset({Phase.WAITING, Phase.CALLING, Phase.RINGING})


OCCUPIED = SETTING_UP | GOING_ON
