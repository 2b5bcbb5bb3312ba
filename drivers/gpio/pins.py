"""Claiming pins from a gpiozero factory and letting go of them, with errors in our own words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import structlog

from drivers.errors import DeviceMissing

log = structlog.get_logger()

Factory = Any
"""A gpiozero pin factory: gpiozero ships no types."""

T = TypeVar("T")


@contextmanager
def claimed(what: str, pin: int | str, opener: Callable[[], T], release: Callable[[T], object]) -> Iterator[T]:
    """What `opener` makes of the pin, until `release`. DeviceMissing names the pin and what is wrong with it."""
    device = _claim(what, pin, opener)
    try:
        yield device
    finally:
        try:
            release(device)
        except Exception as error:  # the other pins must still be released, and a cancellation must get through
            log.warning("pin_not_released", device=what, pin=pin, error=str(error))


def _claim(what: str, pin: int | str, opener: Callable[[], T]) -> T:
    try:
        return opener()
    except Exception as error:  # lgpio's own error is a bare Exception, and lgpio is not everywhere
        reason = str(error) or type(error).__name__
    # Raised out here, so that the failed attempt is freed with its traceback and reserves the pin no longer.
    raise DeviceMissing(f"{what}: pin {pin!r} cannot be used: {reason}")
