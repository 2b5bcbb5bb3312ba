"""The languages that a room can speak: English, and those that have a whole catalogue beside this module."""

import functools
import struct
from pathlib import Path
from typing import Literal, TypeAlias

import structlog

from appliance.language.catalogue import ENGLISH, Language, read_catalogue

Code: TypeAlias = Literal["en", "es", "pl", "ru"]
"""As `[room] language` has it."""

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
