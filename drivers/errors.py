"""What can be wrong with a device, in the words every driver shares."""


class DeviceError(Exception):
    """Base of every error a driver raises about its device."""


class DeviceMissing(DeviceError):
    """The device is not there or cannot be used; it may be later."""


class DeviceLost(DeviceError):
    """The device was there and went away while in use."""
