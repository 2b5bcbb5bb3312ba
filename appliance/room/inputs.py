"""What people do to hardware, as the room hears it: one value for each thing that can happen."""

import msgspec

from appliance.room.actions import Action


class Input(msgspec.Struct, frozen=True):
    """Base of every input."""


class Pressed(Input, frozen=True):
    """A button named in the configuration, or a key that has a binding, went down (after debounce)."""

    button: str


class Held(Input, frozen=True):
    """A button has been down for its hold time; `Pressed` came before. `nth`: which of its holds, from 0."""

    button: str
    nth: int = 0


class Released(Input, frozen=True):
    """A button went up."""

    button: str


class Doubled(Input, frozen=True):
    """A button went down a second time soon after the first, where that means something of its own."""

    button: str


class Tapped(Input, frozen=True):
    """A button was pressed, and no second press has followed."""

    button: str


class GestureDue(Input, frozen=True):
    """It is time to know what the press of a button, or chord, is (`room.bindings.gestures`)."""

    button: str


class NextStep(Input, frozen=True):
    """It is time for the next of the actions in a row that a button has begun."""

    button: str


class Turned(Input, frozen=True):
    """A rotary encoder named in the configuration was turned by one detent."""

    encoder: str
    clockwise: bool


class Scanned(Input, frozen=True):
    """A reader named in the configuration has read a badge or a code. What it read stays out of every repr and log."""

    reader: str
    text: str

    def __repr__(self) -> str:
        """Returns it without what was read."""
        return f"Scanned(reader={self.reader!r}, {len(self.text)} characters)"


class Misread(Input, frozen=True):
    """A reader named in the configuration has typed what cannot be decoded for certain; it was thrown away."""

    reader: str


class Key(Input, frozen=True):
    """A keypad key without a binding: one of 0-9 * # A-F, or `call`, `backspace`, `clear`."""

    symbol: str


class KeyHeld(Input, frozen=True):
    """A keypad key without a binding has been down for the hold time of letters; `Key` came before."""

    symbol: str


class Hook(Input, frozen=True):
    """The hook or call key of a speakerphone (the Pi's, or the terminal's own): off (call) or on (hang up)."""

    off: bool


class MuteKey(Input, frozen=True):
    """The mute key of a speakerphone: what it asks for, or None where the key only says that it was pressed."""

    on: bool | None = None


class HoldKey(Input, frozen=True):
    """The hold or flash key of a speakerphone: what it asks for, or None where it only says that it was pressed."""

    on: bool | None = None


class Touched(Input, frozen=True):
    """Somebody has asked for an action on a page that shows the room."""

    action: Action


class Remote(Touched, frozen=True):
    """A program elsewhere has asked for an action: as on a page, but nobody in the room has touched anything."""


class Unattended(Input, frozen=True):
    """Base of inputs that no person gave: they follow from a change of the room, or from time (`room.reactions`)."""


class Automatic(Unattended, frozen=True):
    """An action that the room takes by itself."""

    action: Action


class HeldCallOver(Unattended, frozen=True):
    """The call that was on hold has ended, or another one has taken its place."""


class CameraRequestDecided(Unattended, frozen=True):
    """Whether somebody who asks to move our camera (by peer id) may do so, as the configuration has it."""

    call_id: str
    lend: bool


class VolumeKey(Input, frozen=True):
    """A volume key: +1 louder, -1 quieter."""

    step: int


class RedialKey(Input, frozen=True):
    """The redial key of a speakerphone."""


class Drive(Input, frozen=True):
    """A joystick or a page moves the camera; each axis -1, 0, +1 (right, up, in positive), None leaves it as it is."""

    pan: int | None = None
    tilt: int | None = None
    zoom: int | None = None


class DriveOther(Drive, frozen=True, kw_only=True):
    """A page moves a camera that the appliance controls itself, or the other side's."""

    camera: str


class DriveTo(Input, frozen=True):
    """A joystick names a place, in parts of each axis' range: 0.0 the minimum, 1.0 the maximum; None leaves it.

    `preset`: the number under which it stored the place, where it did.
    """

    pan: float | None = None
    tilt: float | None = None
    zoom: float | None = None
    preset: int | None = None


class PresetAsked(Input, frozen=True):
    """A joystick stores where the camera looks under a number, or (not `there`) wants that forgotten."""

    number: int
    there: bool


class Home(Input, frozen=True):
    """A joystick sends the camera home."""


class HomeOther(Input, frozen=True):
    """A page sends a camera home that the appliance controls itself."""

    camera: str


class SourceGone(Input, frozen=True):
    """A device that may have been moving the camera is gone: what it held down is let go."""

    source: str
