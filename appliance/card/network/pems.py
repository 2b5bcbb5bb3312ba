"""Certificates and keys beside `room.toml`: looked at, taken over, and the keys taken off the card.

A certificate is no secret and stays where it is; a private key is one, and goes the way of a PIN: into the box's own
store, and then off the partition that any computer shows. A file that is on the card is the newer one; where it is not
there any more, the one that was taken over serves.
"""

import ssl
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from appliance.card.files import File, Files
from appliance.config.network.eap import Eap
from appliance.language.text import Text, Unusable
from appliance.runtime.files import read_file

FOLDER = "etc/offhook/network"
STORE = "etc/credstore"
LARGEST = 64 * 1024  # bytes; a chain of three certificates has 6000


class Held(msgspec.Struct, frozen=True):
    """Where the files for one network are on the machine, below its root."""

    ca: str
    certificate: str
    key: str


WIRE = Held(f"{FOLDER}/eap-ca.pem", f"{FOLDER}/eap.pem", f"{STORE}/offhook.eap_key")
WIFI = Held(f"{FOLDER}/wifi-ca.pem", f"{FOLDER}/wifi.pem", f"{STORE}/offhook.wifi_eap_key")


class Pems(msgspec.Struct, frozen=True):
    """What is in the files of one network; the last two where there is one. `is_new`: the key is on the card."""

    ca: str
    certificate: str | None = None
    key: str | None = None
    is_new: bool = False

    def __repr__(self) -> str:
        return f"Pems(is_new={self.is_new})"

    def files(self, held: Held) -> Files:
        """The same as files of the machine."""
        yes = {held.ca: File(self.ca)} | ({held.certificate: File(self.certificate)} if self.certificate else {})
        return yes | ({held.key: File(self.key, 0o600)} if self.key else {})


def none_of(held: Held) -> Files:
    """Nothing in their places."""
    return {held.ca: None, held.certificate: None, held.key: None}


def looked_at(eap: Eap, held: Held, boot: Path, root: Path, key_password: str | None) -> Pems:
    """Returns what is in the files that a table names. Raises `Unusable` with its key where one cannot be used."""
    ca = _of_card("ca", eap.ca or "", boot, root / held.ca)
    authorities("ca", ca)
    if eap.method != "tls":
        return Pems(ca)
    certificate = _of_card("certificate", eap.certificate or "", boot, root / held.certificate)
    key = _of_card("key", eap.key or "", boot, root / held.key)
    _check_pair(certificate, key, key_password)
    return Pems(ca, certificate, key, is_new=(boot / (eap.key or "")).is_file())


def authorities(key: str, pem: str) -> tuple[str, ...]:
    """Returns the certificates of a text, each as a PEM of its own. Raises `Unusable` where it has none."""
    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=pem)
    except (ssl.SSLError, ValueError):
        raise Unusable(Text("card.no_certificate", key=key), key=key) from None
    found = tuple(ssl.DER_cert_to_PEM_cert(each) for each in context.get_ca_certs(binary_form=True))
    if not found:
        raise Unusable(Text("card.no_authority", key=key), key=key)
    return found


def of_card(key: str, path: str, boot: Path) -> str:
    """Returns the text of a file on the card. Raises `Unusable` where it is not there."""
    return _of_card(key, path, boot, None)


def _of_card(key: str, path: str, boot: Path, former: Path | None) -> str:
    try:
        return _text(key, boot / path)
    except FileNotFoundError:
        if former is not None and former.is_file():
            return _text(key, former)
        raise Unusable(Text("card.no_file", path=path), key=key) from None
    except OSError as error:
        raise Unusable(Text("card.unreadable_file", path=path, words=str(error.strerror)), key=key) from None


def _text(key: str, path: Path) -> str:
    content = read_file(path, LARGEST + 1, follow=False)
    text = content.decode("ascii", errors="replace").replace("\r\n", "\n")
    if len(content) > LARGEST or "-----BEGIN " not in text:
        raise Unusable(Text("card.no_pem", path=path.name), key=key)
    return "".join(f"{line}\n" for line in _armoured(text))


def _armoured(text: str) -> Iterator[str]:
    """The lines between BEGIN and END: what programs write above them is for people, in any characters."""
    inside = False
    for line in text.split("\n"):
        inside = inside or line.startswith("-----BEGIN ")
        if inside:
            yield line.rstrip()
        inside = inside and not line.startswith("-----END ")


def _check_pair(certificate: str, key: str, password: str | None) -> None:
    with tempfile.TemporaryDirectory(prefix="offhook-") as folder:  # the standard library reads these from files only
        places = Path(folder, "certificate"), Path(folder, "key")
        for place, text in zip(places, (certificate, key), strict=True):
            place.write_text(text)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        try:
            # a password in any case: without one OpenSSL would ask at the console, and wait
            context.load_cert_chain(places[0], places[1], password or "")
        except (ssl.SSLError, ValueError) as error:
            raise _wrong_pair(error, key) from None


def _wrong_pair(error: Exception, key: str) -> Unusable:
    reason = getattr(error, "reason", "") or ""
    if reason == "KEY_VALUES_MISMATCH":
        return Unusable(Text("card.key_mismatch"), key="key")
    if "ENCRYPTED" in key:
        return Unusable(Text("card.key_password"), key="key_password")
    return Unusable(Text("card.key_unusable", words=str(reason or error)), key="key")
