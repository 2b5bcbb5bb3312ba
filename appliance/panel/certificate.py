"""The certificate that the status page shows to browsers, and its key."""

import hashlib
import ssl
from pathlib import Path

import msgspec


class Pair(msgspec.Struct, frozen=True):
    """Where a certificate (or a chain, its own first) and the key to it are, both PEM, the key without a passphrase."""

    certificate: Path
    key: Path


class CertificateError(Exception):
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
        raise CertificateError(f"certificate {certificate}: no certificate in it; expected PEM") from None
    return hashlib.sha256(content).digest().hex(":").upper()


def _check_readable(key: str, path: Path) -> None:
    try:
        if not path.is_file():  # a pipe would never end
            raise CertificateError(f"{key} {path}: no such file")
        path.open("rb").close()
    except OSError as error:
        raise CertificateError(f"{key} {path}: {error.strerror}") from None


def _nobody_to_ask() -> str:
    """The passphrase: without this, OpenSSL asks at the console and waits."""
    return ""


def _reason(pair: Pair, error: OSError) -> str:
    if getattr(error, "reason", None) == "KEY_VALUES_MISMATCH":
        return f"key {pair.key} is not the key of certificate {pair.certificate}"
    said = getattr(error, "reason", None) or error.strerror or "unknown format"
    return (
        f"certificate {pair.certificate} with key {pair.key}: {said}; expected both PEM, the key without a passphrase"
    )
