"""What concerns the terminal as a machine, and the appliance itself."""

from appliance.language.text import Text
from appliance.room import actions
from appliance.room.decide.habits import Habits
from appliance.room.intents.base import Intent
from appliance.room.intents.box import AskForUpdate
from appliance.room.intents.closed import SetDoNotDisturb, SetLocked
from appliance.room.intents.shown import Explain, InvitePhone, ShowAddress, ShowPassword
from appliance.room.intents.terminal import RestartTerminal, SendCommand, SetSleep
from appliance.room.state import RoomState
from appliance.room.texts import NO_LOCK_PIN
from appliance.room.update import UpdatePhase


def send_command(action: actions.SendCommand, _state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Sends a command as it is."""
    return (SendCommand(action.command),)


def sleep(_action: actions.Sleep, _state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Sends the terminal to sleep."""
    return (SetSleep(on=True),)


def wake(_action: actions.Wake, _state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Wakes the terminal."""
    return (SetSleep(on=False),)


def restart_terminal(_action: actions.RestartTerminal, _state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Starts the terminal's computer again."""
    return (RestartTerminal(),)


def do_not_disturb(action: actions.DoNotDisturb, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Begins a time without disturbance, or ends it; the other of what it is where it was not said which."""
    on = state.undisturbed is None if action.on is None else action.on
    return (SetDoNotDisturb(on, action.minutes),)


def lock(_action: actions.Lock, _state: RoomState, habits: Habits) -> tuple[Intent, ...]:
    """Locks the room's inputs, unless nobody could unlock them again."""
    return (SetLocked(on=True) if habits.lock_pin else Explain(NO_LOCK_PIN),)


def show_address(_action: actions.ShowAddress, _state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Shows the address."""
    return (ShowAddress(),)


def show_password(_action: actions.ShowPassword, _state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Asks for a new password of the maintainer."""
    return (ShowPassword(),)


def invite_phone(_action: actions.InvitePhone, _state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Asks for the code by which a phone is paired, or that it goes."""
    return (InvitePhone(),)


def install_update(_action: actions.InstallUpdate, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Asks for the version that is offered, if there is one that is not on its way."""
    update = state.update
    if update.phase is not UpdatePhase.OFFERED or not update.wanted:
        return (Explain(Text("notice.no_update")),)
    return (AskForUpdate(update.wanted),)
