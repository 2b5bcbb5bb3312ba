"""What every answer tells a browser: a page of ours may load what is ours, and may be shown in a page of ours.

Everything that is not on the lists is refused: scripts and styles within a page, `eval`, other servers, plug-ins. A
`<script type="application/json">` is data, is never run, and so needs no leave (HTML, 4.12.1.1).
"""

from collections.abc import Mapping
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Scope, Send

_OURS: Final = ("script-src", "style-src", "img-src", "connect-src", "manifest-src", "worker-src", "frame-src")
_LISTS: Final = {
    "default-src": "'none'",
    **dict.fromkeys(_OURS, "'self'"),
    "frame-ancestors": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
_UNUSED: Final = ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "serial", "usb")

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in _LISTS.items()),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
HTTPS_ONLY: Final[Mapping[str, str]] = {"Cross-Origin-Opener-Policy": "same-origin"}
"""Over plain HTTP browsers ignore these, and complain of them on their console."""


def with_policy(scope: Scope, send: Send) -> Send:
    """Returns a `send` that adds the policy to the answer; what the application has said itself stays."""
    told = {**HEADERS, **(HTTPS_ONLY if scope.get("scheme") == "https" else {}), "Cache-Control": "no-store"}

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in told.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
