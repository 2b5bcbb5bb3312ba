"""Which reactions two configurations have in common: these keep what they remember."""

from collections.abc import Callable, Mapping

from appliance.config.schema import Config
from appliance.room.meetings.bookings import NO_RULES, Rules


def _rules(config: Config) -> Rules:
    return NO_RULES if config.panel is None else config.panel.door.rules()


MADE_OF: Mapping[str, Callable[[Config], object]] = {
    "agenda": lambda config: (config.room.meeting_soon, _rules(config)),
    "camera requests": lambda config: (config.far_end.requests, config.far_end.patience),
    "door": _rules,
    "presence": lambda config: {name: each.absent_after for name, each in config.presence.items()},
    "auto answer": lambda config: config.automations.auto_answer,
    "retry busy": lambda config: config.automations.retry_busy,
    "hang up alone": lambda config: config.automations.hang_up_alone,
    "restore volume": lambda config: config.automations.restore_volume,
    "end countdown": lambda config: config.automations.end_countdown,
    "night": lambda config: config.automations.night,
    "daily restart": lambda config: config.automations.daily_restart,
    "wake": lambda config: (config.automations.wake_on_touch, config.automations.wake_on_presence),
}
"""What those reactions are made of that have settings; the others are the same wherever they are."""


def same(names: Mapping[str, object], before: Config, after: Config) -> frozenset[str]:
    """Returns those of `names` that are the same in both."""
    return frozenset(name for name in names if _made_of(name, before) == _made_of(name, after))


def _made_of(name: str, config: Config) -> object:
    return MADE_OF[name](config) if name in MADE_OF else None
