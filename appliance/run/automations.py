"""The automations of a room, by name; see `room/reactions/automations` for what they have in common."""

from collections.abc import Iterator

from appliance.config.automations import Automations
from appliance.room.reactions.automations.after_call import after_call, restore_volume, unmute
from appliance.room.reactions.automations.auto_answer import auto_answer
from appliance.room.reactions.automations.entry import mute_on_entry
from appliance.room.reactions.automations.undisturbed import decline_undisturbed
from appliance.room.reactions.reaction import Reaction


def automations(config: Automations) -> Iterator[tuple[str, Reaction]]:
    """Yields those that the configuration asks for."""
    if (answer := config.auto_answer) is not None:
        yield "auto answer", auto_answer(answer.delay, answer.allow, mute=answer.mute)
    if config.mute_on_entry:
        yield "mute on entry", mute_on_entry
    if config.decline_undisturbed:
        yield "decline undisturbed", decline_undisturbed
    if config.restore_volume is not False:
        level = None if config.restore_volume is True else config.restore_volume
        yield "restore volume", after_call(restore_volume(level))
    if config.unmute_after:
        yield "unmute after", after_call(unmute)
