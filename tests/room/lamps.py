"""Lamps at a moment that does not matter: what they show of a state."""

from appliance.room.show import indicators
from appliance.room.show.indicators import Indicator, Pattern, SpeakerphoneLamps
from appliance.room.state import RoomState

NOW = 100.0


def pattern(indicator: Indicator, state: RoomState) -> Pattern:
    return indicators.pattern(indicator, state, NOW).what


def indicate(state: RoomState) -> dict[Indicator, Pattern]:
    return {indicator: pattern(indicator, state) for indicator in Indicator}


def speakerphone_lamps(state: RoomState) -> SpeakerphoneLamps:
    return indicators.speakerphone_lamps(state, NOW).what
