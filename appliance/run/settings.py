"""Settings of the terminal in a room that is built: what `room.toml` decides beside them, and who asks for changes."""

from collections.abc import Callable, Iterator
from typing import Final

import trio

from appliance.config.schema import Config
from appliance.language.codes import AUTO
from appliance.language.text import Text
from appliance.maintain.audit import Notes
from appliance.programs.actions import Gate
from appliance.room.happened import Event
from appliance.room.inputs import Input
from appliance.room.intents.base import Intent
from appliance.room.settings.rows import Around
from appliance.room.state import RoomState
from appliance.services.box.surroundings import Clock
from appliance.services.programs.doing import Doing
from appliance.services.programs.outcomes import Outcomes
from appliance.services.settings.reading import Reading
from appliance.services.settings.service import Here, SettingsService
from appliance.services.store import RoomStore

DEED: Final = "terminal_setting"
_REQUESTS: Final = {
    "refuse": Text("setting.camera_refused"),
    "ask": Text("setting.camera_asked"),
    "allow": Text("setting.camera_allowed"),
}


class SettingsRoom:
    """The room for `Doing`, which says besides what was meant last.

    `config` is that of the moment. `happens` hears events, `ask` takes inputs.
    """

    def __init__(
        self,
        store: RoomStore,
        ask: Callable[[Input], tuple[Intent, ...]],
        config: Callable[[], Config],
        account: Callable[[], str],
    ) -> None:
        self.store = store
        self.meant: tuple[Intent, ...] = ()
        self._ask = ask
        self._config = config
        self._account = account

    @property
    def who(self) -> bool:
        """Whether the display shows who has done what."""
        display = self._config().display
        return display is not None and display.who

    def ask(self, given: Input) -> tuple[Intent, ...]:
        """Takes an input, and returns what it means."""
        self.meant = self._ask(given)
        return self.meant

    def did(self, _who: str, _words: str) -> None:
        """The audit has the setting's own name."""

    def around(self) -> Around:
        """Returns what else decides about settings."""
        return around(self._config(), self.store.state, self._account())


def settings_of(
    room: SettingsRoom,
    reading: Reading,
    outcomes: Outcomes,
    clock: Clock,
    happens: Callable[[Event], None],
    notes: Notes,
    changed: Callable[[], None],
) -> SettingsService:
    """Returns the service. `reading`: what the terminal tells; `changed` is called when there is something new."""
    doing = Doing(room, Gate((), clock, trio.current_time), happens, "maintenance")

    def note(who: str, by: str, about: str) -> None:
        notes.note(who, DEED, by=by, about=about, soon=True)

    here = Here(room.store, reading, outcomes, doing, lambda: room.meant, room.around, note)
    return SettingsService(here, changed)


def around(config: Config, state: RoomState, account: str) -> Around:
    """Returns what a configuration, the room and our account on the terminal decide about settings."""
    remarks = dict(_remarks(config, state))
    room = config.room
    return Around(account, state.me is not None, remarks, room.volume_min, room.volume_max)


def _remarks(config: Config, state: RoomState) -> Iterator[tuple[str, Text]]:
    automations = config.automations
    if (volume := automations.restore_volume) is not False:
        said = Text("setting.restored") if volume is True else Text("setting.restored_to", percent=volume)
        yield "loudspeaker_level", said
    elif (config.room.volume_min, config.room.volume_max) != (0, 100):
        limits = Text("setting.limits", least=config.room.volume_min, most=config.room.volume_max)
        yield "loudspeaker_level", limits
    if (answers := automations.auto_answer) is not None:
        yield "auto_answer", Text("setting.answers_too", seconds=f"{answers.delay:g}")
    if config.room.language == AUTO:
        yield "language", Text("setting.language_followed")
    yield "camera_control", _REQUESTS[config.far_end.requests]
    if state.user_pin:
        yield "pin_changes", Text("setting.pin_is_ours")
    if config.panel is not None:
        yield "http_server", Text("setting.pictures_from_it")
