"""Something to be said, in no language yet: a key of the catalogue, and values by name."""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from appliance.language.english import SENTENCES

Value: TypeAlias = "str | int | float | Text"
Sentence = str | tuple[str, str]  # with a plural: for one, for several

COUNT = "count"
"""The value that decides between singular and plural."""
_GAP = re.compile(r"\{(\w+)\}")


class Text:
    """A key and the values for the gaps in its sentence, by name; a value may be a `Text` of its own.

    False for nothing to say. `str` gives the English, for logs and exceptions; what people read, a `Language` says.
    """

    __slots__ = ("key", "params")

    def __init__(self, key: str = "", /, **params: Value) -> None:
        self.key = key
        self.params = params

    def __bool__(self) -> bool:
        return bool(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.key == other.key and self.params == other.params

    def __hash__(self) -> int:
        return hash((self.key, *sorted(self.params)))

    def __lt__(self, other: "Text") -> bool:
        return str(self) < str(other)

    def __repr__(self) -> str:
        return f"Text({', '.join((repr(self.key), *(f'{name}={value!r}' for name, value in self.params.items())))})"

    def __str__(self) -> str:
        if not self.key:
            return ""
        sentence = english(self.key)
        return filled(
            sentence if isinstance(sentence, str) else sentence[self.params.get(COUNT) != 1], self.params, str
        )


NOTHING = Text()
"""Nothing to say."""


def verbatim(words: str) -> Text:
    """Words that are not ours and are shown as they are: of the terminal, of the system, of a driver."""
    return Text("verbatim", words=words) if words else NOTHING


class Worded(Exception):
    """Base of errors that people read: `text` is what is wrong, `str` the same in English."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return str(self.text)


class Unusable(Worded, ValueError):
    """A value of the configuration that cannot be used; says why and what was expected.

    `key`: the key of the table that has the value; empty where the table as a whole is meant, or the caller knows.
    `beside`: the key that it contradicts.
    """

    def __init__(self, text: Text, *, key: str = "", beside: str = "") -> None:
        super().__init__(text)
        self.key = key
        self.beside = beside


def said_by(error: Exception) -> Text:
    """What an error says: its own text, or its words as they are."""
    return error.text if isinstance(error, Worded) else verbatim(str(error))


def english(key: str) -> Sentence:
    """The English sentence of a key; the key itself where there is none, which the tests make an error."""
    sentence = SENTENCES.get(key)
    if sentence is None:
        unknown(key)
        return key
    return sentence


def is_known(key: str) -> bool:
    """Whether the catalogue has a sentence of this key."""
    return key in SENTENCES


def unknown(key: str) -> None:
    """Hears of a key that the catalogue lacks; a room goes on and shows the key."""


def filled(sentence: str, params: Mapping[str, Value], say: Callable[[Text], str]) -> str:
    """A sentence with its gaps filled; one without a value stays as it is. Values are never read as sentences."""
    if not params:
        return sentence

    def value(gap: re.Match[str]) -> str:
        found = params.get(gap[1], gap[0])
        return say(found) if isinstance(found, Text) else str(found)

    return _GAP.sub(value, sentence)
