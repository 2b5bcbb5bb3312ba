"""The languages that a room can speak: English, and those that have a whole catalogue beside this module."""

import functools
import struct
from collections.abc import Callable
from pathlib import Path
from typing import cast, get_args

import structlog

from appliance.language.catalogue import ENGLISH, Language, read_catalogue
from appliance.language.codes import Code
from appliance.language.text import Text

_FOLDER = Path(__file__).parent

log = structlog.get_logger()


@functools.cache
def language(code: Code) -> Language:
    """A language by its code. Where its catalogue cannot be read, English: a room that speaks is worth more."""
    if code == ENGLISH.code:
        return ENGLISH
    try:
        return read_catalogue(code, _FOLDER / f"{code}.mo")
    except (OSError, ValueError, struct.error) as error:
        log.warning("catalogue_unreadable", language=code, reason=str(error))
        return ENGLISH


class Followed(Language):
    """Speaks the language that somebody else tells last, of those that there are; English until one was told."""

    def __init__(self, told: Callable[[], str]) -> None:
        """`told`: a code, or anything else where none is known at the moment."""
        self._told = told
        self._last: Language = ENGLISH

    @property
    def code(self) -> str:
        """Of what is spoken now."""
        return self._now().code

    def say(self, text: Text) -> str:
        """The sentence in what is spoken now."""
        return self._now().say(text)

    def _now(self) -> Language:
        told = self._told()
        if told != self._last.code and told in get_args(Code):
            self._last = language(cast("Code", told))
        return self._last
