"""Everything that can be tried in a room."""

from appliance.maintain.trying import Trials
from appliance.run.parts import Parts
from appliance.run.trying.drawn import display
from appliance.run.trying.moved import cameras
from appliance.run.trying.outputs import relays
from appliance.run.trying.pressed import buttons, keypads
from appliance.run.trying.shown import bars, lamps, speakerphones
from appliance.run.trying.sounded import tones

_KINDS = (display, lamps, bars, relays, tones, speakerphones, buttons, keypads, cameras)


def trials_of(parts: Parts) -> Trials:
    """Returns what can be tried as the room is configured, and as its cameras look, now."""
    known = {name: trial for kind in _KINDS for name, trial in kind(parts)}
    return Trials(known, parts.trying, parts.audit)
