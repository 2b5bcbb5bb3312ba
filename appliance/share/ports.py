"""The terminal's state for programs on the network: where it names the port of its pictures and files, ours stands."""

from typing import Final

import msgspec

NAME: Final = "embeddedHttpPort"
_WRITTEN: Final = f'"{NAME}"'.encode()

_object = msgspec.json.Decoder(dict[str, msgspec.Raw])
_encode = msgspec.json.Encoder().encode


def with_port(frame: bytes, port: int | None) -> bytes:
    """Returns a reply or an event with our port, as text where the terminal tells its own as text.

    Without a port of ours it stays as it is, and so does none: a terminal whose HTTP server does not run says 0.
    """
    if port is None or _WRITTEN not in frame:
        return frame
    members = dict(_object.decode(frame))
    told = members.get(NAME)
    if told is None or bytes(told) in {b"0", b'"0"', b"null"}:
        return frame
    ours = _encode(str(port) if bytes(told).startswith(b'"') else port)
    return _encode({**members, NAME: msgspec.Raw(ours)})
