"""Claims pins from a gpiozero factory and releases them, with errors that name the device and its pin."""

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
    """Yields what `opener` makes of the pin, and releases it at the end.

    DeviceMissing: the pin cannot be used; the error names `what`, the pin and the reason.
    """
    device = _claim(what, pin, opener)
    try:
        yield device
    finally:
        try:
            release(device)
        except Exception as error:  # a cancellation must get through
            log.warning("pin_not_released", device=what, pin=pin, error=str(error))


def _claim(what: str, pin: int | str, opener: Callable[[], T]) -> T:
    try:
        return opener()
    except Exception as error:  # lgpio's own error is a bare Exception, and lgpio is not everywhere
        reason = str(error) or type(error).__name__
    # Raised after the handler: the traceback would keep the failed device alive, and that would keep the pin reserved.
    raise DeviceMissing(f"{what}: pin {pin!r} cannot be used: {reason}")
