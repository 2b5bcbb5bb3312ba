"""A word that actions begin with: how what follows it is read, and how it is written again.

Each module of a subject says which words it has (`VERBS`); `parse` joins them.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from appliance.language.text import Text
from appliance.room.actions.action import Action, ActionError

Parser = Callable[[str, list[str]], Action]
"""From the whole text of an action, for messages, and the words after its first. Raises `ActionError`."""


class Verb(msgspec.Struct, frozen=True):
    """A word that actions begin with.

    `forms`: its lines of the grammar. `words`: by each type of action that begins so, what makes its words.
    """

    word: str
    forms: tuple[str, ...]
    parse: Parser
    words: Mapping[type[Action], Callable[[Any], str]]


def alone(word: str, action: Action) -> Verb:
    """Returns a word that is the whole action."""

    def parse(text: str, rest: list[str]) -> Action:
        if rest:
            raise ActionError(Text("mistake.nothing_after", action=text, word=word))
        return action

    return Verb(word, (word,), parse, {type(action): lambda _action: word})


def with_one_of(word: str, choices: Mapping[str, Action]) -> Verb:
    """Returns a word after which one of these comes."""
    form = f"{word} {'|'.join(choices)}"

    def parse(text: str, rest: list[str]) -> Action:
        if len(rest) != 1 or rest[0] not in choices:
            raise ActionError(Text("mistake.expected_form", action=text, form=form))
        return choices[rest[0]]

    return Verb(word, (form,), parse, fixed_words(word, choices))


def fixed_words(word: str, choices: Mapping[str, Action]) -> Mapping[type[Action], Callable[[Any], str]]:
    """Returns the words of actions of which each has a type of its own."""
    return {type(action): _saying(f"{word} {choice}") for choice, action in choices.items()}


def _saying(words: str) -> Callable[[Any], str]:
    return lambda _action: words


SWITCHES: Mapping[tuple[str, ...], bool | None] = {(): None, ("on",): True, ("off",): False}
"""What follows a word that switches something; None: to the other of what it is."""

SWITCH_WORDS: Mapping[bool | None, tuple[str, ...]] = {on: words for words, on in SWITCHES.items()}
