"""What `[network]` does to the machine, in steps: each may fail by itself, and what it needs is written before it."""

from collections.abc import Callable
from pathlib import Path

from appliance.card.network import networkd, pems, supplicant
from appliance.card.network.found import Found, secret
from appliance.card.network.proxied import proxied
from appliance.card.network.trust import trusted
from appliance.card.vault import Vault
from appliance.card.writing import put
from appliance.config.network.eap import Eap
from appliance.config.network.network import Network
from appliance.config.network.secrets import SECRETS
from appliance.config.reading import Part, Reading
from appliance.terminal.config import kept

_EAP: Part = ("network", "eap")
_WIFI: Part = ("network", "wifi")


class NetworkSteps:
    """The steps; `keys`: private keys on the card that the store has now, and that are to be taken off it."""

    def __init__(self, reading: Reading, found: Found, vault: Vault, boot: Path, root: Path) -> None:
        self._reading = reading
        self._section = reading.card.network
        self._found = found
        self._vault = vault
        self._boot = boot
        self._root = root
        self.keys: list[Path] = []

    def steps(self) -> dict[str, Callable[[], bool]]:
        """The steps by name, in their order; each returns whether anything changed."""
        return {
            "eap": self._eap,
            "network": self._wires,
            "wifi": self._wifi,
            "trust": self._trust,
            "proxy": self._proxy,
        }

    def in_force(self) -> Network | None:
        """The section where it says how the wires are; None where that stays as it was, and nobody knows."""
        return self._section if self._decides_wire() else None

    def _wires(self) -> bool:
        usable = self._decides_wire()
        if not usable and self._has(networkd.WIRED):
            return False
        network = self._section if usable else None
        try:
            return put(self._root, {**networkd.more(network, self._root), **networkd.wired(network)})
        except ValueError:
            if not self._has(networkd.WIRED):  # any network is better than none
                put(self._root, networkd.wired(None))
            raise

    def _decides_wire(self) -> bool:
        """Whether the file says how wires, VLANs and 802.1X are to be; they stand and fall together.

        While anything is wrong, what is in force and not in the file may be what is mistyped, too.
        """
        if any(map(_is_of_wire, self._reading.wrong)):
            return False
        if not self._reading.mistakes:
            return True
        lost = (self._section is None or self._section.eap is None) and bool(supplicant.interface_of(self._root))
        return not lost and any(map(_is_of_wire, self._reading.owners))

    def _eap(self) -> bool:
        """802.1X on the wire."""
        if not self._decides_wire():
            return False
        eap = self._section.eap if self._section else None
        self._vault.keep(_EAP)
        secrets = self._secrets_of(_EAP, eap)
        changed = self._put_pems(self._found.wire, pems.WIRE)
        files = supplicant.wired(self._section, pems.WIRE, secrets)
        changed |= put(self._root, {**supplicant.former(self._root), **files})
        return self._tidied(_EAP, eap, self._found.wire, pems.WIRE) or changed

    def _wifi(self) -> bool:
        if not self._reading.decides(_WIFI):
            return False
        wifi = self._section.wifi if self._section else None
        eap, path = wifi.eap if wifi else None, (*_WIFI, "eap")
        self._vault.keep(_WIFI)
        password = kept("wifi", self._vault.store) if wifi and wifi.password is not None else None
        secrets = self._secrets_of(path, eap)
        changed = self._put_pems(self._found.wifi, pems.WIFI)
        files = supplicant.wireless(wifi, password, pems.WIFI, secrets)
        changed |= put(self._root, {**networkd.wireless(wifi), **files})
        self._vault.forget({"wifi"} if password is None else set())
        return self._tidied(path, eap, self._found.wifi, pems.WIFI) or changed

    def _trust(self) -> bool:
        return self._decides_wire() and put(self._root, trusted(self._found.trusted, self._root))

    def _proxy(self) -> bool:
        if not self._decides_wire():
            return False
        changed = self._vault.keep(("network", "proxy_password"))
        changed |= put(self._root, proxied(self._section))
        has_password = self._section is not None and self._section.proxy_password is not None
        self._vault.forget(set() if has_password else {"proxy"})
        return changed

    def _put_pems(self, found: pems.Pems | None, held: pems.Held) -> bool:
        return found is not None and put(self._root, found.files(held))

    def _secrets_of(self, path: Part, eap: Eap | None) -> dict[str, str | None]:
        given = {"password": eap.password, "key_password": eap.key_password} if eap is not None else {}
        return {key: secret((*path, key), value, self._vault.store) for key, value in given.items()}

    def _tidied(self, path: Part, eap: Eap | None, found: pems.Pems | None, held: pems.Held) -> bool:
        """Forgets what is not used any more, and notes a key that is to be taken off the card; as a step."""
        self._vault.forget(
            {SECRETS[(*path, key)] for key in ("password", "key_password") if eap is None or getattr(eap, key) is None}
        )
        if eap is not None and eap.key is not None and found is not None and found.is_new:
            self.keys.append(self._boot / eap.key)
        unused = pems.none_of(held)
        kept_files = {} if found is None else found.files(held)
        return put(self._root, {path: file for path, file in unused.items() if path not in kept_files})

    def _has(self, path: str) -> bool:
        return (self._root / path).is_file()


def _is_of_wire(part: Part) -> bool:
    return part[:1] == ("network",) and part[:2] != _WIFI
