"""The automations of a room, by name; see `room/reactions/automations` for what they have in common."""

from collections.abc import Iterator

from appliance.config.tables.automations import Automations, local_time
from appliance.room.reactions.agenda import Clock
from appliance.room.reactions.automations.after_call import after_call, restore_volume, unmute
from appliance.room.reactions.automations.alone import hang_up_alone
from appliance.room.reactions.automations.auto_answer import auto_answer
from appliance.room.reactions.automations.busy import retry_busy
from appliance.room.reactions.automations.entry import mute_on_entry
from appliance.room.reactions.automations.meetings import end_countdown, join_meetings
from appliance.room.reactions.automations.time_of_day import daily_restart, night
from appliance.room.reactions.automations.undisturbed import decline_undisturbed
from appliance.room.reactions.automations.wake import wake
from appliance.room.reactions.reaction import Reaction
from appliance.room.reactions.reads import sleep_mode


def automations(config: Automations, clock: Clock) -> Iterator[tuple[str, Reaction]]:
    """Yields those that the configuration asks for; `clock` says the local time, None while it is not known."""
    yield from _about_calls(config)
    yield from _about_time(config, clock)
    if config.wake_on_touch or config.wake_on_presence:
        yield "sleep mode", sleep_mode
        yield "wake", wake(touch=config.wake_on_touch, presence=config.wake_on_presence)


def _about_time(config: Automations, clock: Clock) -> Iterator[tuple[str, Reaction]]:
    if config.join_meetings:
        yield "join meetings", join_meetings(clock)
    if config.end_countdown:
        yield "end countdown", end_countdown(clock, config.end_countdown)
    if config.night is not None:
        begins, ends = local_time("begins", config.night.begins), local_time("ends", config.night.ends)
        yield "night", night(clock, begins, ends)
    if config.daily_restart is not None:
        yield "daily restart", daily_restart(clock, local_time("daily_restart", config.daily_restart))


def _about_calls(config: Automations) -> Iterator[tuple[str, Reaction]]:
    if (answer := config.auto_answer) is not None:
        yield "auto answer", auto_answer(answer.delay, answer.allow, mute=answer.mute)
    if config.mute_on_entry:
        yield "mute on entry", mute_on_entry
    if config.decline_undisturbed:
        yield "decline undisturbed", decline_undisturbed
    if (busy := config.retry_busy) is not None:
        yield "retry busy", retry_busy(busy.times, busy.pause)
    if config.hang_up_alone is not None:
        yield "hang up alone", hang_up_alone(60.0 * config.hang_up_alone)
    if config.restore_volume is not False:
        level = None if config.restore_volume is True else config.restore_volume
        yield "restore volume", after_call(restore_volume(level))
    if config.unmute_after:
        yield "unmute after", after_call(unmute)
