"""What is asked of an EST server (RFC 7030), and what its answers mean."""

import re
from http import HTTPStatus

from appliance.config.tables.enrol import EnrolConfig
from appliance.provision.programs import ProgramError, run
from appliance.runtime.fetch import Answer, Ask, FetchError, Way, fetch

LARGEST = 64 * 1024  # bytes of an answer: certificates, and the authority's own
_WITHIN = 15.0  # seconds: two of them, and openssl, within what a look has
_REQUEST = re.compile(rb"-----BEGIN [A-Z ]+-----\n([A-Za-z0-9+/=\n]+)-----END")
_DER = b"\x30"  # an ASN.1 sequence; in base64 it begins with M
_CLOCK = re.compile("not yet valid|has expired")


class EstError(Exception):
    """There is no certificate from this server now; the message says why, and what to do."""


async def asked(config: EnrolConfig, operation: str, request: bytes, user: tuple[str, str] | None, way: Way) -> bytes:
    """The certificates for a request, as PEM, in the server's order. Raises `EstError`.

    `operation`: simpleenroll or simplereenroll. `request`: PEM. `way`: with the pair in force, for the second.
    """
    found = _REQUEST.search(request)
    if found is None:
        raise EstError("openssl made no request; expected PEM")
    headers = {"Content-Type": "application/pkcs10", "Content-Transfer-Encoding": "base64"}
    answer = await _fetched(config, operation, Ask("POST", headers, found[1], user), way)
    _check(answer, user)
    return await _certificates(answer.body)


async def tried(config: EnrolConfig, way: Way) -> None:
    """Asks for something by TLS with the pair in `way`. Raises `EstError` where the server does not take it."""
    answer = await _fetched(config, "cacerts", Ask(), way)
    if answer.status != HTTPStatus.OK:
        raise EstError(f"{config.url}: status {answer.status} with the new certificate; the former one stays")


async def _fetched(config: EnrolConfig, operation: str, ask: Ask, way: Way) -> Answer:
    folder = "/".join(part for part in (".well-known/est", config.label) if part)
    try:
        url = f"{config.url.rstrip('/')}/{folder}/{operation}"
        return await fetch(url, ask, within=_WITHIN, way=way, largest=LARGEST)
    except FetchError as error:
        hint = "; expected the clock of this box to be right" if _CLOCK.search(str(error)) else ""
        raise EstError(f"{error}{hint}") from None


def _check(answer: Answer, user: tuple[str, str] | None) -> None:
    if answer.status == HTTPStatus.OK:
        return
    words = " ".join(re.sub(r"[^ -~]+", " ", answer.body[:400].decode("ascii", "replace")).split())[:200]
    said = f": {words}" if words and "html" not in answer.headers.get("content-type", "") else ""
    if answer.status == HTTPStatus.ACCEPTED:
        raise EstError("the authority has not decided yet; the same is asked again with the next look")
    if answer.status == HTTPStatus.UNAUTHORIZED:
        what = "`user` and `password` that are right, and not used up" if user else "a certificate that it knows"
        raise EstError(f"the server refuses{said}; expected {what}")
    raise EstError(f"status {answer.status}{said}; expected a certificate")


async def _certificates(body: bytes) -> bytes:
    """PKCS#7 with nothing but certificates, as PEM; base64 as the standard has it, or as it is."""
    if body.startswith(_DER):
        command: tuple[str, ...] = ("openssl", "pkcs7", "-print_certs", "-inform", "DER")
    else:
        lines = b"".join(body.split())
        body = b"-----BEGIN PKCS7-----\n" + b"\n".join(lines[at : at + 64] for at in range(0, len(lines), 64))
        body += b"\n-----END PKCS7-----\n"
        command = ("openssl", "pkcs7", "-print_certs")
    try:
        return await run(command, body)
    except ProgramError:
        raise EstError("the answer is no certificate; expected PKCS#7 with certificates alone") from None
