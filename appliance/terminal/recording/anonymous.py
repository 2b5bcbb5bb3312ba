"""Takes people, places and secrets out of frames: what is not known to be harmless is replaced.

Kept are the names of fields, methods and events, true and false, small numbers, numbers in fields that hold numbers,
and words that a field's type names. What a chat, a key press or stored data say becomes one sign. See `Pseudonyms` for
the rest. The name of a field that nobody knows stays, as it is what a recording is made for; where it looks like an id,
or was seen as somebody's before, it is replaced. So are all names in an object that nobody knows, down to its last
part: they may be people, with what is said of each.
"""

import math
import re
from typing import Any

from appliance.terminal.recording.pseudonyms import Pseudonyms
from appliance.terminal.recording.vocabulary import vocabulary

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
_SECRETS = frozenset(
    {"pin", "password", "credentials", "token", "tokenForHttpServer", "newPin", "transferPin", "key", "productKey"}
)
_EVERYTHING = frozenset({"symbol", "message", "text", "data", "error"})
"""Fields of which not even the shape stays: keys pressed one by one, what people write, and what the terminal says."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d([T ].*)?", re.DOTALL)
_SMALL = 1000  # numbers below are levels, counts and kinds
_TIME = re.compile("time|date|stamp|view", re.IGNORECASE)
_A_DATE = "2001-01-01T00:00:00"


class Anonymiser:
    """Replaces consistently over all frames of a recording."""

    def __init__(self, shift: int = 0) -> None:
        """`shift`: seconds that are added to every time."""
        self._names = Pseudonyms(shift)
        self._known = vocabulary()

    def frame(self, frame: dict[str, Any]) -> dict[str, Any]:
        """Returns a frame without anybody in it."""
        return {self._field(name): self._top(name, value) for name, value in frame.items()}

    def _top(self, name: str, value: Any) -> Any:  # noqa: ANN401  # any JSON
        if name in ("method", "event") and isinstance(value, str) and _NAME.fullmatch(value):
            return value
        if name == "requestId" and isinstance(value, str) and re.fullmatch(r"\d{0,9}", value):
            return value
        return self._value(name, value, "", is_known=True)

    def _value(self, name: str, value: Any, parent: str, *, is_known: bool) -> Any:  # noqa: ANN401  # any JSON
        if name == "data" and not isinstance(value, str | None):
            return "…"  # what others have stored, whatever its shape
        if isinstance(value, dict):
            is_known = is_known and name in self._known.structs
            named = self._field if is_known else self._member
            return {named(key): self._value(key, item, name, is_known=is_known) for key, item in value.items()}
        if isinstance(value, list):
            return [self._value(name, item, parent, is_known=is_known) for item in value]
        if isinstance(value, str):
            return self._text(name, value, parent)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._number(name, value)
        return value

    def _number(self, name: str, number: float) -> float:
        if not math.isfinite(number) or _is_secret(name):
            return self._names.number(number)
        if name in self._known.numbers or _TIME.search(name):
            time = self._names.time(number)
            return number if time is None and name in self._known.numbers else self._small(number, time)
        return self._small(number, None)

    def _small(self, number: float, time: float | None) -> float:
        if time is not None:
            return time
        return number if abs(number) < _SMALL else self._names.number(number)

    def _text(self, name: str, text: str, parent: str) -> str:
        if not text or text in self._known.words.get(name, ()):
            return text
        if _is_secret(name):
            return self._names.secret(text)
        if name in _EVERYTHING:
            return "0" if name == "symbol" else "…"
        if parent == "settings" and name == "name" and text in self._known.settings:
            return text
        if name in self._known.numbers and re.fullmatch(r"-?\d{1,5}", text):
            return text
        return _A_DATE if _DATE.fullmatch(text) else self._names.text(text)

    def _member(self, key: str) -> str:
        """Returns the name of something in an object that nobody knows."""
        return key if key in self._known.fields else self._names.text(key)

    def _field(self, key: str) -> str:
        """Returns a field's name; what only looks like one, such as an id, is replaced.

        A name of the interface stays, whoever wrote the same word in a text before.
        """
        if key in self._known.fields:
            return key
        looks_like_one = _NAME.fullmatch(key) and not re.fullmatch(r"[0-9a-fA-F]{12,}", key)
        return key if looks_like_one and not self._names.knows(key) else self._names.text(key)


def _is_secret(name: str) -> bool:
    return name in _SECRETS or name.lower().endswith(("pin", "password", "token"))
