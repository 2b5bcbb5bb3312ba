"""The files that `[network]` names, found and looked at before anything is written; what is wrong costs its part."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from appliance.card.network.pems import STORE, WIFI, WIRE, Held, Pems, authorities, looked_at, of_card
from appliance.config.network.eap import Eap
from appliance.config.network.network import Network
from appliance.config.network.secrets import SECRETS
from appliance.config.places import line_of, lines_of
from appliance.config.reading import Part, Reading, text_of
from appliance.config.toml import Mistake
from appliance.language.text import Unusable
from appliance.terminal.config import KEPT, CredentialsError, kept

T = TypeVar("T")


class Found(msgspec.Struct, frozen=True):
    """What the files say: for 802.1X on the wire, for Wi-Fi, and authorities that the whole box trusts."""

    wire: Pems | None = None
    wifi: Pems | None = None
    trusted: tuple[str, ...] = ()


def find(reading: Reading, boot: Path, root: Path) -> tuple[Found, Reading]:
    """Returns what is in the files, and the reading with what is wrong with them."""
    search = _Search(reading, boot, root)
    network = reading.card.network
    return (search.all_of(network) if network is not None else Found()), search.reading


def secret(path: Part, given: str | None, store: Path) -> str | None:
    """Returns a secret as it was given or is kept. Raises `CredentialsError` where it is not."""
    return kept(SECRETS[path], store) if given == KEPT else given


class _Search:
    def __init__(self, reading: Reading, boot: Path, root: Path) -> None:
        self.reading = reading
        self._boot = boot
        self._root = root

    def all_of(self, network: Network) -> Found:
        wifi = network.wifi.eap if network.wifi else None
        return Found(
            wire=self._of(("network", "eap"), network.eap, WIRE),
            wifi=self._of(("network", "wifi", "eap"), wifi, WIFI),
            trusted=self._trying(("network",), lambda: self._trusted(network)) or (),
        )

    def _of(self, path: Part, eap: Eap | None, held: Held) -> Pems | None:
        return None if eap is None else self._trying(path, lambda: self._pems(path, eap, held))

    def _pems(self, path: Part, eap: Eap, held: Held) -> Pems | None:
        try:
            password = secret((*path, "key_password"), eap.key_password, self._root / STORE)
        except CredentialsError:
            return None  # has been said
        return looked_at(eap, held, self._boot, self._root, password)

    def _trusted(self, network: Network) -> tuple[str, ...]:
        return tuple(pem for path in network.ca for pem in authorities("ca", of_card("ca", path, self._boot)))

    def _trying(self, path: Part, look: Callable[[], T]) -> T | None:
        try:
            return look()
        except Unusable as error:
            self._note((*path, error.key), error)
            return None

    def _note(self, key: Part, error: Unusable) -> None:
        reading = self.reading
        places = lines_of(text_of(reading.lines, reading.owners, reading.wrong, reading.unreadable))
        mistake = Mistake(line_of(places, key), ".".join(key), error.text)
        part = key[:2] if key[:2] in reading.owners else key[:1]
        self.reading = msgspec.structs.replace(
            reading, wrong=reading.wrong | {part}, mistakes=tuple(sorted((*reading.mistakes, mistake)))
        )
