"""The table of settings, in the order in which people are shown them.

What concerns a room is here: what is seen and heard, what happens when somebody calls, and what stands on the screen.
Left out is what a call decides for itself (mutes, layouts), what belongs to a server's administrator, and what nobody
but its vendor knows the meaning of. Names and values are those of `getSettings`, `getHardware` and the commands beside
them in the terminal's document; see `appliance.terminal.messages.settings`.
"""

from typing import Final

from appliance.language.text import Text, verbatim
from appliance.room.settings.setting import Group, Kind, Part, Setting, Word

_RECORDING: Final = (
    Word(0, "nobody", Text("setting.recording_nobody")),
    Word(1, "on_request", Text("setting.recording_on_request")),
    Word(2, "contacts", Text("setting.recording_contacts")),
    Word(3, "everybody", Text("setting.recording_everybody")),
)
_CAMERA: Final = (
    Word(0, "everybody", Text("setting.camera_everybody")),
    Word(1, "on_request", Text("setting.camera_on_request")),
    Word(2, "nobody", Text("setting.camera_nobody")),
)
_LANGUAGES: Final = (
    Word("en", "en", Text("setting.language_en")),
    Word("es", "es", Text("setting.language_es")),
    Word("pl", "pl", Text("setting.language_pl")),
    Word("ru", "ru", Text("setting.language_ru")),
)
_ANGLES: Final = tuple(Word(angle, angle, verbatim(f"{angle}°")) for angle in (0, 90, 180, 270))


def _switch(name: str, called: Text, group: Group, wire: str, *, needs_login: bool = False) -> Setting:
    return Setting(name, called, Kind.SWITCH, group, wire=wire, needs_login=needs_login)


def _level(name: str, called: Text, wire: str) -> Setting:
    return Setting(name, called, Kind.LEVEL, Group.SOUND, wire=wire)


def _device(name: str, called: Text, part: Part = Part.HARDWARE) -> Setting:
    return Setting(name, called, Kind.DEVICE, Group.DEVICES, part)


def _own(name: str, called: Text, group: Group, part: Part, words: tuple[Word, ...] = ()) -> Setting:
    """Returns a setting that has a command of its own."""
    return Setting(name, called, Kind.CHOICE if words else Kind.SWITCH, group, part, words=words)


def _choice(name: str, called: Text, group: Group, wire: str, words: tuple[Word, ...], *, login: bool) -> Setting:
    return Setting(name, called, Kind.CHOICE, group, wire=wire, words=words, needs_login=login)


SETTINGS: Final[tuple[Setting, ...]] = (
    _device("camera", Text("setting.camera")),
    _device("microphone", Text("setting.microphone")),
    _device("loudspeaker", Text("setting.loudspeaker")),
    _device("ringing_device", Text("setting.ringing_device"), Part.SOUNDS),
    _level("loudspeaker_level", Text("setting.loudspeaker_level"), "audioPlayLevel"),
    _level("microphone_level", Text("setting.microphone_level"), "audioCapturerLevel"),
    _switch("echo_cancellation", Text("setting.echo_cancellation"), Group.SOUND, "aecEnable"),
    _switch("gain_control", Text("setting.gain_control"), Group.SOUND, "agcEnable"),
    _own("noise_suppression", Text("setting.noise_suppression"), Group.SOUND, Part.NOISE),
    _switch("self_view_mirror", Text("setting.self_view_mirror"), Group.PICTURE, "selfViewMirror", needs_login=True),
    _own("self_view_rotation", Text("setting.self_view_rotation"), Group.PICTURE, Part.ROTATION, _ANGLES),
    _own("background_blur", Text("setting.background_blur"), Group.PICTURE, Part.BLUR),
    _own("background_picture", Text("setting.background_picture"), Group.PICTURE, Part.BACKGROUND),
    _switch("auto_answer", Text("setting.auto_answer"), Group.CALLS, "autoAccept", needs_login=True),
    _switch("contacts_only", Text("setting.contacts_only"), Group.CALLS, "rejectCallsNotFromAB", needs_login=True),
    _choice(
        "camera_control",
        Text("setting.camera_control"),
        Group.CALLS,
        "cameraRemoteControlAccess",
        _CAMERA,
        login=False,
    ),
    _choice("recording", Text("setting.recording"), Group.CALLS, "record", _RECORDING, login=True),
    _choice("language", Text("setting.language"), Group.SCREEN, "language", _LANGUAGES, login=False),
    _switch("shows_meetings", Text("setting.shows_meetings"), Group.SCREEN, "showUpcomingMeetings"),
    _switch("shows_address", Text("setting.shows_address"), Group.SCREEN, "showInfoConnect"),
    _switch("shows_time", Text("setting.shows_time"), Group.SCREEN, "showTime"),
    _switch("pin_changes", Text("setting.pin_changes"), Group.MACHINE, "changeUserAuthPinAfterConf"),
    _own("http_server", Text("setting.http_server"), Group.MACHINE, Part.HTTP),
)

BY_NAME: Final = {each.name: each for each in SETTINGS}
BY_WIRE: Final = {each.wire.casefold(): each for each in SETTINGS if each.wire}
"""By names of `getSettings`, which are compared without regard to case."""
