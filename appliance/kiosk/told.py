"""What the box tells the kiosk: what to show, whether its page is alive, and whether nobody would miss it.

The browser is another process of another user, which must not read `room.toml` with its secrets. So the box says over
loopback what concerns a screen: a JSON object each second, over one WebSocket. Loopback is a secure context for
browsers, and no other machine gets there: plain HTTP does, whatever `[panel]` asks of others, and the connections of
`[panel]` cannot take its places.
"""

from typing import Final

import msgspec

PORT: Final = 8090
LISTEN: Final = f"127.0.0.1:{PORT}"
PATH: Final = "/kiosk/live"
"""The path of the WebSocket that the kiosk opens."""

BEAT: Final = 1.0  # seconds
SILENCE: Final = 4.0  # seconds without a word, after which the box is down


class Settings(msgspec.Struct, frozen=True):
    """What a screen needs to know before it shows anything. `path`: what to ask the box for."""

    path: str = "/panel"
    rotate: int = 0
    language: str = "en"
    room: str = ""


class Told(msgspec.Struct, frozen=True):
    """`alive` grows with every beat of a page on this machine that has drawn since its last.

    `quiet`: no call is up or begins, and no button is held.
    """

    settings: Settings
    alive: int
    quiet: bool
