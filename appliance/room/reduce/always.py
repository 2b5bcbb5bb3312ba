"""What is news of the room whether the link is up or not: a table from the type of what happened to what it changes."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from appliance.room.local_events.awaited import (
    AskedAccepted,
    AskedFailed,
    AskedOver,
    DeedsOver,
    ProgramDid,
    Unconfirmed,
    VolumeAsked,
    VolumeDropped,
)
from appliance.room.local_events.box import FaultsSeen, Halted, ServiceOffline, ServiceOnline, UpdateIs
from appliance.room.local_events.call import (
    CallAsked,
    CallDropped,
    CallHeld,
    CallNotTaken,
    CallResumed,
    CallTaken,
    HangUpRefused,
    HoldRefused,
    HungUp,
    NumberEdited,
    PasswordClosed,
    PasswordEdited,
    ResumeRefused,
    SecondCallOver,
)
from appliance.room.local_events.camera import (
    FarCameraIs,
    LocalMotionAsked,
    MotionAsked,
    PresetPictured,
    PresetsRemembered,
    PresetStored,
)
from appliance.room.local_events.closed import (
    DisturbanceChanged,
    LockChanged,
    LockPinEdited,
    LockPinRefused,
    LockTimeOver,
    NightIs,
)
from appliance.room.local_events.conference import (
    AnswerDropped,
    PodiumDoubted,
    PodiumPending,
    PodiumSettled,
    RequestAnswered,
    RequestDoubted,
)
from appliance.room.local_events.inputs import (
    ConfirmationAsked,
    ConfirmationOver,
    InputsHeld,
    MuteLocked,
    PressesAre,
    RowGoesOn,
    RowsOver,
)
from appliance.room.local_events.link import Authorised, LinkChanged
from appliance.room.local_events.meetings import AgendaIs, BookingsAre, BookingsRemembered, CalendarIs
from appliance.room.local_events.outputs import OutputGone, OutputIs, PresenceIs, SensorSees
from appliance.room.local_events.shown import (
    AddressShown,
    NoticeExpired,
    NoticeShown,
    PairingBegun,
    PairingOver,
    PasswordMade,
    PasswordShown,
    PromptShown,
)
from appliance.room.reduce.calls import calling, conversation, hold, password
from appliance.room.reduce.conference import far_end, podium, requests
from appliance.room.reduce.local import bookings, box, faults, inputs, locked, outputs, quiet, told
from appliance.room.reduce.terminal import presets, session, settings, snapshot, wishes
from appliance.room.state import RoomState
from appliance.terminal.messages.snapshot import Snapshot

Handler = Callable[[RoomState, Any, float], RoomState]
"""The room, what happened and when (monotonic seconds) to the room after it."""

ALWAYS: Final[Mapping[type, Handler]] = {
    Snapshot: snapshot.whole,
    LinkChanged: session.link_changed,
    Authorised: session.authorised,
    PresetStored: presets.stored,
    PresetsRemembered: presets.remembered,
    PresetPictured: presets.pictured,
    NumberEdited: calling.number_edited,
    PasswordEdited: password.edited,
    PasswordClosed: password.closed,
    FarCameraIs: far_end.found,
    CallHeld: hold.asked,
    CallResumed: hold.ended,
    CallTaken: hold.taken,
    CallNotTaken: hold.not_taken,
    HoldRefused: hold.refused,
    ResumeRefused: hold.resume_refused,
    CallAsked: calling.call_asked,
    CallDropped: calling.call_dropped,
    HungUp: calling.hung_up,
    HangUpRefused: calling.hang_up_refused,
    PromptShown: told.prompt_shown,
    SecondCallOver: conversation.second_call_over,
    RequestAnswered: requests.answered,
    AnswerDropped: requests.answer_dropped,
    RequestDoubted: requests.time_is_up,
    PodiumPending: podium.pending,
    PodiumSettled: podium.settled,
    PodiumDoubted: podium.doubted,
    AskedAccepted: wishes.asked_accepted,
    AskedFailed: wishes.asked_failed,
    AskedOver: wishes.asked_over,
    Unconfirmed: wishes.unconfirmed,
    VolumeAsked: settings.volume_asked,
    VolumeDropped: settings.volume_dropped,
    MotionAsked: inputs.motion_asked,
    LocalMotionAsked: inputs.local_motion_asked,
    OutputIs: outputs.output_is,
    OutputGone: outputs.output_gone,
    SensorSees: outputs.sensor_sees,
    PresenceIs: outputs.presence_is,
    InputsHeld: inputs.inputs_held,
    PressesAre: inputs.presses_are,
    RowGoesOn: inputs.row_goes_on,
    RowsOver: inputs.rows_over,
    ConfirmationAsked: inputs.confirmation_asked,
    ConfirmationOver: inputs.confirmation_over,
    MuteLocked: inputs.mute_locked,
    ProgramDid: told.program_did,
    DeedsOver: told.deeds_over,
    PairingBegun: told.pairing_begun,
    PairingOver: told.pairing_over,
    PasswordMade: told.password_made,
    PasswordShown: told.password_shown,
    NoticeShown: told.notice_shown,
    NoticeExpired: told.notice_expired,
    DisturbanceChanged: quiet.disturbance_changed,
    LockChanged: locked.lock_changed,
    LockPinEdited: locked.edited,
    LockPinRefused: locked.refused,
    LockTimeOver: locked.time_over,
    NightIs: quiet.night_is,
    AgendaIs: bookings.agenda_is,
    BookingsAre: bookings.bookings_are,
    BookingsRemembered: bookings.remembered,
    CalendarIs: bookings.calendar_is,
    AddressShown: told.address_shown,
    UpdateIs: box.update_is,
    FaultsSeen: faults.seen,
    ServiceOffline: box.service_offline,
    ServiceOnline: box.service_online,
    Halted: box.halted,
}
