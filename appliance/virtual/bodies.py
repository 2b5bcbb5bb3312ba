"""What may be posted to virtual hardware: one thing at a time, everything else refused by name."""

from typing import Literal

import msgspec


class ButtonBody(msgspec.Struct, forbid_unknown_fields=True):
    """A finger on a button, or taken away."""

    pressed: bool


class DisplayBody(msgspec.Struct, forbid_unknown_fields=True):
    """Another display in the place of the one that is there, by controller and size."""

    panel: str


class SensorBody(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody before a sensor, or nobody any more."""

    sees: bool


class _OneThing(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A body of which exactly one field is given."""

    plugged: bool | None = None

    def __post_init__(self) -> None:
        """Counts what is given."""
        self._expect_one("plugged")

    def _expect_one(self, *fields: str) -> None:
        if sum(getattr(self, field) is not None for field in fields) != 1:
            raise ValueError(f"expected exactly one of {', '.join(f'`{field}`' for field in fields)}")


class KeypadBody(_OneThing, forbid_unknown_fields=True, kw_only=True):
    """A key down and up, or with `down` one edge of it; or the plug."""

    key: str | None = None
    down: bool | None = None

    def __post_init__(self) -> None:
        """Counts what is given."""
        self._expect_one("key", "plugged")
        if self.down is not None and self.key is None:
            raise ValueError("`down` belongs to a `key`")


class SpeakerphoneBody(_OneThing, forbid_unknown_fields=True, kw_only=True):
    """The hook, the mute switch set to something, a key pressed; or the plug."""

    hook: Literal["off", "on"] | None = None
    mute: bool | None = None
    key: Literal["mute", "hold", "volume_up", "volume_down"] | None = None

    def __post_init__(self) -> None:
        """Counts what is given."""
        self._expect_one("hook", "mute", "key", "plugged")


class SerialBody(_OneThing, forbid_unknown_fields=True, kw_only=True):
    """Bytes as hexadecimal digits, spaces allowed; or the plug."""

    hex: str | None = None

    def __post_init__(self) -> None:
        """Counts what is given, and reads the digits."""
        self._expect_one("hex", "plugged")
        if self.hex is not None and not self.content:
            raise ValueError("`hex` is empty; expected bytes such as `81 01 06 04 ff`")

    @property
    def content(self) -> bytes:
        """The bytes to send; `ValueError` where `hex` is none."""
        try:
            return bytes.fromhex(self.hex or "")
        except ValueError:
            raise ValueError("`hex` is not hexadecimal; expected bytes such as `81 01 06 04 ff`") from None
