"""Knowing a box by the fingerprint of its certificate, which it prints, shows and logs: most have signed their own.

The certificate is looked at first, on a connection over which nothing is said. If it is the one, it alone is trusted
from then on, whatever name it has; every further connection proves that the box has its key.
"""

import hashlib
import hmac
import re
import ssl
from typing import Final

import trio

from appliance.api.client.connection import UnreachedError
from appliance.runtime.fetch import Way

WITHIN: Final = 15.0  # seconds
_DIGITS: Final = 64  # of SHA-256


def is_fingerprint(text: str) -> bool:
    """Returns whether this is the SHA-256 of a certificate: 64 hexadecimal digits, with or without colons."""
    return re.fullmatch(rf"[0-9a-f]{{{_DIGITS}}}", _plain(text)) is not None


async def pinned(host: str, port: int, fingerprint: str) -> Way:
    """Returns the way to the box whose certificate has this fingerprint. Raises `UnreachedError`: it is not there."""
    shown = await _shown(host, port)
    if not hmac.compare_digest(hashlib.sha256(shown).hexdigest(), _plain(fingerprint)):
        raise UnreachedError(f"{host}:{port}: its certificate has another fingerprint, {_with_colons(shown)}")
    return Way(only=shown)


async def _shown(host: str, port: int) -> bytes:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # it is looked at, and nothing is said
    try:
        with trio.fail_after(WITHIN):
            stream = await trio.open_ssl_over_tcp_stream(host, port, ssl_context=context)
            async with stream:
                await stream.do_handshake()
                return bytes(stream.getpeercert(binary_form=True) or b"")
    except (OSError, ssl.SSLError, trio.BrokenResourceError, trio.TooSlowError) as error:
        raise UnreachedError(f"{host}:{port}: {error.__cause__ or error}") from None


def _plain(fingerprint: str) -> str:
    return re.sub(r"[:\s]", "", fingerprint).lower()


def _with_colons(certificate: bytes) -> str:
    digits = hashlib.sha256(certificate).hexdigest().upper()
    return ":".join(digits[place : place + 2] for place in range(0, _DIGITS, 2))
