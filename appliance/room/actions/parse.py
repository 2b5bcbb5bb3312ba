"""Words as an action, and an action as words: the words of all subjects together."""

import difflib
from collections.abc import Callable, Mapping
from typing import Any

from appliance.language.text import Text
from appliance.room.actions import (
    calls,
    camera,
    command,
    composed,
    keys,
    outputs,
    owner,
    picture,
    podium,
    presets,
    quiet,
    recording,
    shortcuts,
    sound,
    terminal,
)
from appliance.room.actions.action import Action, ActionError, Nothing
from appliance.room.actions.verb import Parser, Verb, alone

VERBS: tuple[Verb, ...] = (
    *calls.VERBS,
    *sound.VERBS,
    *keys.VERBS,
    *camera.VERBS,
    *podium.VERBS,
    *owner.VERBS,
    *outputs.VERBS,
    *recording.VERBS,
    *shortcuts.VERBS,
    *quiet.VERBS,
    *presets.VERBS,
    *picture.VERBS,
    *command.VERBS,
    *terminal.VERBS,
    *composed.VERBS,
    alone("none", Nothing()),
)

GRAMMAR = tuple(form for verb in VERBS for form in verb.forms)
"""Every form that an action has, for people."""

_PARSERS: Mapping[str, Parser] = {verb.word: verb.parse for verb in VERBS}
_WORDS: Mapping[type[Action], Callable[[Any], str]] = {
    each: words for verb in VERBS for each, words in verb.words.items()
}


def parse(text: str) -> Action:
    """Returns the action that `text` names. Raises `ActionError` saying what was wrong and what was expected."""
    words = text.split()
    if not words:
        raise ActionError(Text("mistake.no_action", known=", ".join(GRAMMAR)))
    parser = _PARSERS.get(words[0])
    if parser is None:
        raise ActionError(_unknown(words[0]))
    return parser(text.strip(), words[1:])


def _unknown(word: str) -> Text:
    close = difflib.get_close_matches(word.lower(), _PARSERS, n=1)
    if close:
        return Text("mistake.unknown_action_like", word=word, close=close[0])
    return Text("mistake.unknown_action", word=word, known=", ".join(GRAMMAR))


def words_of(action: Action) -> str:
    """Returns the words that `parse` makes this action of; a password in them is left out."""
    return _WORDS[type(action)](action)
