"""What the appliance switches, and whom its sensors see."""

import msgspec

from appliance.room.change import changed
from appliance.room.local_events.outputs import OutputGone, OutputIs, PresenceIs, SensorSees
from appliance.room.state import RoomState


def output_is(state: RoomState, event: OutputIs, _now: float) -> RoomState:
    """Notes whether something is on."""
    return changed(state, outputs={**state.outputs, event.output: event.on})


def output_gone(state: RoomState, event: OutputGone, _now: float) -> RoomState:
    """Forgets what nobody can switch any more."""
    return changed(state, outputs={name: on for name, on in state.outputs.items() if name != event.output})


def sensor_sees(state: RoomState, event: SensorSees, now: float) -> RoomState:
    """Notes what a sensor sees, and when it has last seen somebody: also as it ceases to."""
    others = state.presence.sensing - {event.sensor}
    seen = event.somebody or event.sensor in state.presence.sensing
    presence = msgspec.structs.replace(
        state.presence,
        sensing=others | {event.sensor} if event.somebody else others,
        seen_at=now if seen else state.presence.seen_at,
    )
    return changed(state, presence=presence)


def presence_is(state: RoomState, event: PresenceIs, now: float) -> RoomState:
    """Notes whether somebody is there; who comes in finds the display awake."""
    comes = event.somebody and not state.presence.somebody
    presence = msgspec.structs.replace(state.presence, somebody=event.somebody)
    return changed(state, presence=presence, active_at=now if comes else state.active_at)
