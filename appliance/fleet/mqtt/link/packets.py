"""The packets of MQTT 5 that this client says and hears, as values. `codec` makes bytes of them; nothing else does.

Only what is used is here. QoS 2 is not: nothing here needs a message exactly once, see `fleet.mqtt.topics`.
"""

from typing import Final

import msgspec

SUCCESS: Final = 0
REFUSALS: Final = frozenset({128, 131, 135, 144, 145, 151, 153})
"""Codes of a PUBACK that say no (MQTT 5, 3.4.2.1)."""


class LinkError(Exception):
    """Base of what ends a connection to a broker; `str` is a short reason for people."""


class ProtocolError(LinkError):
    """The broker says what it must not, or what nobody can read."""


class Packet(msgspec.Struct, frozen=True):
    """Base of every packet."""


class Will(msgspec.Struct, frozen=True):
    """What the broker says for a client that is gone, `delay` seconds after it has gone."""

    topic: str
    payload: bytes
    retain: bool = True
    delay: int = 0


class Connect(Packet, frozen=True, kw_only=True):
    """Asks for a session. Times are in seconds; `session_expiry` 0: the session ends with the connection."""

    client_id: str
    clean_start: bool
    keepalive: int
    session_expiry: int = 0
    user: str | None = None
    password: bytes | None = None
    will: Will | None = None
    receive_maximum: int = 32
    packet_maximum: int = 65536

    def __repr__(self) -> str:
        return f"Connect(client_id={self.client_id!r}, clean_start={self.clean_start})"


class Connack(Packet, frozen=True, kw_only=True):
    """The broker's answer. `keepalive`: the broker's wish instead of ours; `packet_maximum`: bytes that it takes."""

    session_present: bool = False
    code: int = SUCCESS
    reason: str = ""
    keepalive: int | None = None
    session_expiry: int | None = None
    receive_maximum: int = 65535
    packet_maximum: int | None = None
    qos_maximum: int = 2
    retains: bool = True


class Publish(Packet, frozen=True):
    """A message. `expires`: seconds that it is good for. `alias`: a number that stands for the topic (3.3.2.3.4)."""

    topic: str
    payload: bytes
    qos: int = 0
    retain: bool = False
    packet_id: int | None = None
    duplicate: bool = False
    expires: int | None = None
    content_type: str | None = None
    response_topic: str | None = None
    correlation: bytes | None = None
    alias: int | None = None


class Puback(Packet, frozen=True):
    """Says that a message of QoS 1 has arrived."""

    packet_id: int
    code: int = SUCCESS
    reason: str = ""


class Filter(msgspec.Struct, frozen=True):
    """What is subscribed to. `kept`: what the broker has kept is wanted at once; `own`: also what we say ourselves.

    `as_published`: a message says whether it was published to be kept; otherwise, whether it *was* kept.
    """

    pattern: str
    qos: int = 1
    kept: bool = True
    own: bool = True
    as_published: bool = False


class Subscribe(Packet, frozen=True):
    """Asks for topics."""

    packet_id: int
    filters: tuple[Filter, ...]


class Suback(Packet, frozen=True):
    """What became of them, in the same sequence; 128 and above: refused."""

    packet_id: int
    codes: tuple[int, ...]


class Unsubscribe(Packet, frozen=True):
    """Wants topics no longer."""

    packet_id: int
    patterns: tuple[str, ...]


class Unsuback(Packet, frozen=True):
    """What became of that."""

    packet_id: int


class Ping(Packet, frozen=True):
    """Asks whether the broker is there."""


class Pong(Packet, frozen=True):
    """It is."""


class Disconnect(Packet, frozen=True):
    """The end, said by one of both; 0: all is well, and the will is not said."""

    code: int = SUCCESS
    reason: str = ""
