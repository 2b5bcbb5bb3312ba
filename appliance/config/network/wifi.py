"""`[network.wifi]`."""

import re
from typing import Annotated

import msgspec

from appliance.config.network.addressing import Addressing
from appliance.config.network.eap import Eap
from appliance.language.text import Text, Unusable
from appliance.terminal.config import KEPT

SHORTEST, LONGEST = 8, 63  # characters of a Wi-Fi password (IEEE 802.11-2020, J.4.1)
LONGEST_SSID = 32  # bytes


class Wifi(Addressing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[network.wifi]`: without `password` and `eap` an open network.

    `country` (RU, DE) says which channels it may use. `wpa3_only`:
    WPA3 and nothing older; else WPA2 as well, where the access point has no better.
    """

    ssid: Annotated[str, msgspec.Meta(min_length=1)]
    country: str
    password: str | None = None
    hidden: bool = False
    wpa3_only: bool = False
    eap: Eap | None = None

    def __post_init__(self) -> None:
        """Refuses what no access point could have."""
        Addressing.__post_init__(self)
        if not re.fullmatch("[A-Z]{2}", self.country):
            raise Unusable(Text("mistake.country", country=self.country), key="country")
        if len(self.ssid.encode()) > LONGEST_SSID:
            raise Unusable(Text("mistake.ssid", bytes=LONGEST_SSID), key="ssid")
        if self.password is not None and self.password != KEPT:
            pass_phrase(self.password)
        if self.password is not None and self.eap is not None:
            raise Unusable(Text("mistake.wifi_both"), key="password", beside="eap")
        if self.wpa3_only and self.password is None and self.eap is None:
            raise Unusable(Text("mistake.wpa3_open"), key="wpa3_only", beside="password")

    def __repr__(self) -> str:
        return f"Wifi(ssid={self.ssid!r})"


def pass_phrase(text: str) -> str:
    """Returns the password of a Wi-Fi as it was given. Raises `Unusable` where no access point could have it."""
    if not SHORTEST <= len(text) <= LONGEST or not (text.isascii() and text.isprintable()):
        raise Unusable(Text("mistake.wifi_password", least=SHORTEST, most=LONGEST), key="password")
    return text
