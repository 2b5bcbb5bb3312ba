"""The certificate that the status page shows to browsers, and its key."""

import hashlib
import ssl
from pathlib import Path

import msgspec

from appliance.language.text import Text, Worded


class Pair(msgspec.Struct, frozen=True):
    """Where a certificate (or a chain, its own first) and the key to it are, both PEM, the key without a passphrase."""

    certificate: Path
    key: Path


class CertificateError(Worded):
    """A pair cannot be used: missing, unreadable, or not belonging together."""


def server_context(pair: Pair) -> ssl.SSLContext:
    """What a server needs to speak TLS 1.2 or newer with this pair. Raises `CertificateError`."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    _check_readable("certificate", pair.certificate)
    _check_readable("key", pair.key)
    try:
        context.load_cert_chain(pair.certificate, pair.key, password=_nobody_to_ask)
    except (ssl.SSLError, OSError) as error:
        raise CertificateError(_reason(pair, error)) from None
    return context


def fingerprint(certificate: Path) -> str:
    """SHA-256 of the certificate as browsers show it: `AB:CD:…`. Raises `CertificateError`."""
    _check_readable("certificate", certificate)
    try:
        pem = certificate.read_text(encoding="ascii")
        begin = pem.index(ssl.PEM_HEADER)
        end = pem.index(ssl.PEM_FOOTER, begin) + len(ssl.PEM_FOOTER)
        content = ssl.PEM_cert_to_DER_cert(pem[begin:end])
    except ValueError:
        raise CertificateError(Text("mistake.no_certificate", path=str(certificate))) from None
    return hashlib.sha256(content).digest().hex(":").upper()


def _check_readable(key: str, path: Path) -> None:
    try:
        if not path.is_file():  # a pipe would never end
            raise CertificateError(Text("mistake.no_such_file", key=key, path=str(path)))
        path.open("rb").close()
    except OSError as error:
        words = str(error.strerror)
        raise CertificateError(Text("mistake.file_unreadable", key=key, path=str(path), words=words)) from None


def _nobody_to_ask() -> str:
    """The passphrase: without this, OpenSSL asks at the console and waits."""
    return ""


def _reason(pair: Pair, error: OSError) -> Text:
    if getattr(error, "reason", None) == "KEY_VALUES_MISMATCH":
        return Text("mistake.other_key", key=str(pair.key), certificate=str(pair.certificate))
    said = getattr(error, "reason", None) or error.strerror or Text("mistake.unknown_format")
    return Text("mistake.pair", certificate=str(pair.certificate), key=str(pair.key), words=said)
