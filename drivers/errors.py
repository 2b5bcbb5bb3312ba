"""What can be wrong with a device or its configuration, in the words every driver shares."""

import contextlib
from collections.abc import Iterator


class DeviceError(Exception):
    """Base of every error a driver raises about its device."""


class DeviceMissing(DeviceError):
    """The device is not there or cannot be used; it may be later."""


class DeviceLost(DeviceError):
    """The device was there and went away while in use."""


@contextlib.contextmanager
def about(key: str, beside: str = "") -> Iterator[None]:
    """Marks a ValueError as one about this key of a table, so that whoever shows it can name the line.

    `beside`: the key that it contradicts; where that one is wrong itself, there is nothing to say.
    """
    try:
        yield
    except ValueError as error:
        marks = {"key": getattr(error, "key", "") or key, "beside": getattr(error, "beside", "") or beside}
        for name, value in marks.items():
            setattr(error, name, value)
        raise
