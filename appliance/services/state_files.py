"""Files in which the services keep what survives a restart: where they are, and how one is read and written."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
import structlog

from appliance.runtime import atomic
from appliance.runtime.files import NotAFile, read_file

log = structlog.get_logger()

T = TypeVar("T")

LARGEST = 64 * 1024  # bytes; sixteen positions of a camera are less than two thousand


def state_directory(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Returns the directory in which systemd lets the service keep files; None without systemd."""
    folder = environment.get("STATE_DIRECTORY", "").split(":")[0]
    return Path(folder) if folder else None


def read(path: Path, kind: type[T]) -> T:
    """Returns what a file has, an empty one of this type without one; puts aside what cannot be understood. Blocks."""
    try:
        return msgspec.json.decode(read_file(path, LARGEST, follow=False), type=kind)
    except FileNotFoundError:
        pass
    except NotAFile as error:
        _put_aside(path, str(error.strerror))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        _put_aside(path, str(error))
    return kind()


def _put_aside(path: Path, reason: str) -> None:
    """Renames what has the name of our file, whatever it is; the room works without it, so it need not succeed."""
    aside = path.with_suffix(".bad")
    try:
        path.replace(aside)
    except OSError as error:
        log.warning("presets_in_the_way", path=str(path), reason=str(error))
        aside = path
    log.warning("presets_not_understood", path=str(aside), reason=reason)


def write(path: Path, kept: object) -> None:
    """Writes it so that, whatever happens, the old file is there or the new one. Blocks."""
    atomic.write(path, msgspec.json.encode(kept))
