"""What a reader types becomes lines. No I/O and no clock of its own.

Readers of badges and codes are keyboards to the kernel: they type what they read (US layout), then Enter or Tab. They
may type characters as Alt codes, and separators as Ctrl with a key. A line may open a door or call a number, so it is
either exactly what was read or it is refused: when a combination or a key cannot be decoded, when events were lost.

Caps Lock counts from when the device was opened: opening puts its lamp out, which is where readers look. When events
were lost, it may have been pressed among them: from then on lines with letters are refused until it is opened again.
"""

from typing import Final

import msgspec

from drivers.keypad.key_events import KeyEvent
from drivers.keypad.reader.alt_codes import EOT, FS, GS, LINE_ENDS, LONGEST_CODE, RS, US, AltCodes, decode, has
from drivers.keypad.reader.layout import ALT, CAPS_LOCK, CTRL, END, OTHER_MODIFIER, SHIFT, UNKNOWN

LONGEST: Final = 256
"""Characters of a line; a longer one is thrown away."""
TOGETHER: Final = 1.0
"""The longest pause in seconds between two keys of one line; what came before is forgotten."""

_MODIFIERS: Final = frozenset((SHIFT, CTRL, ALT, OTHER_MODIFIER))
_CONTROL: Final = {("]}", False): GS, ("\\|", False): FS, ("dD", False): EOT} | {
    (key, shift): sign for key, sign in {"6^": RS, "-_": US}.items() for shift in (False, True)
}
"""What Ctrl makes of a key, without and with Shift, as in ASCII: Ctrl+] is the group separator."""


def can_be_read(line: str, alt_codes: AltCodes) -> bool:
    """Returns whether a reader can type this line."""
    return 0 < len(line) <= LONGEST and line == line.strip(" ") and all(has(each, alt_codes) for each in line)


class Refused(msgspec.Struct, frozen=True):
    """A line that was thrown away. `why` is for the log: it says nothing of what was typed."""

    why: str


class Lines:
    """Puts the keys of a reader together. `alt_codes`: see `alt_codes`. Times are seconds of one monotonic clock."""

    def __init__(self, alt_codes: AltCodes = "ascii") -> None:
        self._alt_codes: AltCodes = alt_codes
        self._held = dict.fromkeys(_MODIFIERS, 0)  # how many keys of each kind are down
        self._caps_lock: bool | None = False  # None: events were lost, so nobody knows
        self._code: str | None = None  # the digits of an Alt code, while Alt is down
        self._text = ""
        self._refusal = ""
        self._last_at = 0.0

    def key(self, event: KeyEvent, at: float) -> str | Refused | None:
        """Returns the line that this key ends; None where it ends none, an empty one, or one that was too long."""
        if event.down or event.lost:
            self._begin_anew_after_a_pause(at)
        if event.lost:
            self._caps_lock = None
            self._refuse("events were lost")
        if event.symbol in _MODIFIERS:
            return self._modifier(event)
        return self._pressed(event.symbol) if event.down else None

    def _begin_anew_after_a_pause(self, at: float) -> None:
        if at > self._last_at + TOGETHER:
            self._text = self._refusal = ""
            if self._code:
                self._refuse("a pause within an Alt code")
        self._last_at = at

    def _modifier(self, event: KeyEvent) -> str | Refused | None:
        self._held[event.symbol] = max(0, self._held[event.symbol] + (1 if event.down else -1))
        if event.symbol != ALT:
            return None
        code, self._code = self._code, "" if event.down else None
        return self._coded(code) if code and not event.down and not event.lost else None

    def _coded(self, code: str) -> str | Refused | None:
        character = decode(code, self._alt_codes)
        if character in LINE_ENDS:
            return self._ended()
        if character is None:
            self._refuse("an Alt code that cannot be decoded")
        else:
            self._type(character)
        return None

    def _pressed(self, key: str) -> str | Refused | None:
        if key == CAPS_LOCK:
            self._caps_lock = None if self._caps_lock is None else not self._caps_lock
        elif key == END:
            if self._held[CTRL] or self._held[ALT] or self._held[OTHER_MODIFIER]:
                self._refuse("a modifier with the key that ends the line")
            return self._ended()
        elif key == UNKNOWN:
            self._refuse("a key that types no character of the US layout")
        elif self._held[OTHER_MODIFIER]:
            self._refuse("AltGr or Meta with a key")
        elif self._held[ALT]:
            self._add_to_code(key)
        else:
            self._type(self._control(key) if self._held[CTRL] else self._plain(key))
        return None

    def _add_to_code(self, key: str) -> None:
        alone = not (self._held[SHIFT] or self._held[CTRL])
        if alone and _is_on_numeric_block(key) and len(self._code or "") < LONGEST_CODE:
            self._code = (self._code or "") + key[0]
        else:
            self._refuse("Alt with a key that is no digit of the numeric block")

    def _control(self, key: str) -> str:
        character = _CONTROL.get((key, self._held[SHIFT] > 0), "")
        if not character:
            self._refuse("Ctrl with a key that makes no separator")
        return character

    def _plain(self, key: str) -> str:
        character = key[self._held[SHIFT] > 0]
        if self._caps_lock is None and character.isalpha():
            self._refuse("a letter after events were lost, among them perhaps Caps Lock: unplug the reader, plug it in")
        return character.swapcase() if self._caps_lock else character

    def _type(self, character: str) -> None:
        if len(self._text) <= LONGEST:  # one more tells that it was too long
            self._text += character

    def _refuse(self, why: str) -> None:
        self._refusal = self._refusal or why

    def _ended(self) -> str | Refused | None:
        line, self._text = self._text.strip(" "), ""
        refusal, self._refusal = self._refusal, ""
        self._code = None  # its digits belong to this line
        if refusal:
            return Refused(refusal)
        return line if 0 < len(line) <= LONGEST else None


def _is_on_numeric_block(key: str) -> bool:
    return key[0] == key[1] and key[0].isdecimal()
