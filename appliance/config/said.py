"""Whether anything in a room says a certain word of the actions."""

from collections.abc import Iterator

import msgspec

from appliance.config.schema import Config


def says(config: Config, word: str) -> bool:
    """Returns whether any button, chord, knob, key or code has an action that begins with this word."""
    on_panel = [] if config.panel is None else [(each.press, each.held) for each in config.panel.buttons.values()]
    bound = (config.buttons, config.chords, config.encoders, config.keypads, config.readers, on_panel)
    return any(text.split()[:1] == [word] for each in bound for text in _texts(msgspec.to_builtins(each)))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
