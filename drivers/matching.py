"""Which device a configuration means: the one way to name a keypad, a reader or a speakerphone."""

import re
from enum import IntEnum
from pathlib import Path
from typing import Final

import msgspec

from drivers.identity import PORT, PRODUCT, Identity

EXPECTED: Final = (
    'expected "auto", a path such as "/dev/input/by-id/…" or "/dev/hidraw0", a USB port such as "1-1.3", '
    'vendor:product such as "0b0e:0412", or a part of the device\'s name'
)
_NEARLY_A_PRODUCT: Final = re.compile(r"[0-9a-f]{1,8}:\w*")


class By(IntEnum):
    """By what a device is named, the more particular the higher."""

    ANY = 0
    NAME = 1
    PRODUCT = 2
    PORT = 3
    PATH = 4


class Wanted(msgspec.Struct, frozen=True):
    """What a configuration asks for; made by `wanted`."""

    by: By
    text: str

    def fits(self, device: Identity) -> bool:
        """Whether it is this one; for `By.ANY`, what fits depends on the kind of device."""
        return {
            By.ANY: True,
            By.NAME: any(_plain(self.text) in _plain(name) for name in device.names),
            By.PRODUCT: self.text == device.product,
            By.PORT: self.text == device.port,
            By.PATH: self.by is By.PATH and self.real_path() in (device.path, *device.others),
        }[self.by]

    def real_path(self) -> str:
        """Where the path leads to now; it may be a link. Blocks."""
        return str(Path(self.text).resolve())

    def missing(self, kind: str) -> str:
        """What to say where no `kind` fits."""
        return {
            By.ANY: f"no {kind} found",
            By.NAME: f"no {kind} named {self.text!r}",
            By.PRODUCT: f"no {kind} {self.text} found",
            By.PORT: f"no {kind} at USB port {self.text}",
            By.PATH: f"no {kind} at {self.text}",
        }[self.by]


def _plain(name: str) -> str:
    """In small letters and with single spaces: "VEC  VEC USB Footpedal" has two, which nobody sees."""
    return " ".join(name.lower().split())


def wanted(device: str) -> Wanted:
    """Reads `device` of a configuration. ValueError where it can name none."""
    text = device.strip()
    lower = text.lower()
    if not text or (_NEARLY_A_PRODUCT.fullmatch(lower) and not PRODUCT.fullmatch(lower)):
        raise ValueError(f"device {device!r}: {EXPECTED}")
    if lower == "auto":
        return Wanted(By.ANY, "")
    if text.startswith("/"):
        return Wanted(By.PATH, text)
    for by, pattern in ((By.PORT, PORT), (By.PRODUCT, PRODUCT)):
        if pattern.fullmatch(lower):
            return Wanted(by, lower)
    return Wanted(By.NAME, text)
