"""Asks the kernel about network interfaces, and hears when something about them changes: rtnetlink(7).

A request is a datagram that is answered at once with a few others; a message is a header, a structure of its kind, and
attributes. What is cut short or unknown is left out: the kernel's answers grow from version to version.
"""

import contextlib
import ipaddress
import os
import socket
import struct
from collections.abc import Iterator
from typing import Final, NamedTuple, Self

import trio

ADDRESSES, ROUTES, NEIGHBOURS = 22, 26, 30  # RTM_GETADDR, RTM_GETROUTE, RTM_GETNEIGH
_NEW: Final = {ADDRESSES: 20, ROUTES: 24, NEIGHBOURS: 28}  # what each is answered with
_HEADER: Final = struct.Struct("=IHHII")  # struct nlmsghdr: length, kind, flags, number, port
_ATTRIBUTE: Final = struct.Struct("=HH")  # struct rtattr: length, kind
_REQUEST, _DUMP, _DONE, _ERROR = 0x001, 0x300, 3, 2
_GROUPS: Final = 0x001 | 0x004 | 0x010 | 0x040 | 0x100 | 0x400  # links, neighbours, addresses and routes of both
_ROUTE: Final = 0  # NETLINK_ROUTE
_LARGEST: Final = 64 * 1024  # bytes of a datagram; the kernel sends 32 KiB at most
_MOST: Final = 64  # datagrams of an answer
_WITHIN: Final = 1.0  # seconds; the kernel answers at once

UNIVERSE: Final = 0  # RT_SCOPE_UNIVERSE: an address that is valid everywhere
_FAILED, _KNOWN = 0x21, 0x9E  # NUD_FAILED and INCOMPLETE; REACHABLE, STALE, DELAY, PROBE and PERMANENT
_MAIN, _UNICAST = 254, 1  # the table, and the kind of route


class HasAddress(NamedTuple):
    """An address of an interface, by its number, with the prefix; link-local ones are left out."""

    interface: int
    address: ipaddress.IPv4Interface | ipaddress.IPv6Interface


class HasGateway(NamedTuple):
    """A gateway of a default route, by which interface."""

    interface: int
    gateway: ipaddress.IPv4Address | ipaddress.IPv6Address


class Neighbour(NamedTuple):
    """Somebody on the wire: whether they answer when asked for; None while nobody knows."""

    interface: int
    address: ipaddress.IPv4Address | ipaddress.IPv6Address
    answers: bool | None


def addresses() -> list[HasAddress]:
    """Returns the addresses of this machine. Raises `OSError`. Blocks, for less than a millisecond."""
    return [found for body in _asked(ADDRESSES, 8) if (found := _address(body))]


def gateways() -> list[HasGateway]:
    """Returns the gateways of default routes; as above."""
    return [found for body in _asked(ROUTES, 12) if (found := _gateway(body))]


def neighbours() -> list[Neighbour]:
    """Returns who was looked for on the wire lately; as above."""
    return [found for body in _asked(NEIGHBOURS, 12) if (found := _neighbour(body))]


class Changes:
    """Hears that something about interfaces, addresses, routes or neighbours has changed; not what."""

    def __init__(self) -> None:
        """Raises `OSError`."""
        self._socket = trio.socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _ROUTE)

    async def __aenter__(self) -> Self:
        await self._socket.bind((0, _GROUPS))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._socket.close()

    async def wait(self) -> None:
        """Returns when something has changed since the last call."""
        with contextlib.suppress(OSError):  # ENOBUFS: more than fitted, and so something
            await self._socket.recv(_LARGEST)
        with contextlib.suppress(BlockingIOError, OSError):
            while True:  # what came with it is the same change
                os.read(self._socket.fileno(), _LARGEST)


def messages(datagram: bytes) -> Iterator[tuple[int, bytes]]:
    """Yields kind and body of each message in a datagram, as far as it is whole."""
    while len(datagram) >= _HEADER.size:
        length, kind, *_ = _HEADER.unpack_from(datagram)
        if not _HEADER.size <= length <= len(datagram):
            return
        yield kind, datagram[_HEADER.size : length]
        datagram = datagram[length + 3 & ~3 :]


def attributes(body: bytes) -> dict[int, bytes]:
    """Returns the attributes of a message by kind, as far as they are whole."""
    found: dict[int, bytes] = {}
    while len(body) >= _ATTRIBUTE.size:
        length, kind = _ATTRIBUTE.unpack_from(body)
        if not _ATTRIBUTE.size <= length <= len(body):
            break
        found[kind & 0x3FFF] = body[_ATTRIBUTE.size : length]
        body = body[length + 3 & ~3 :]
    return found


def _asked(kind: int, length: int) -> Iterator[bytes]:
    """Yields the bodies of the answers; `length`: of the structure that the request has."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_CLOEXEC, _ROUTE) as asking:
        asking.settimeout(_WITHIN)
        asking.send(_HEADER.pack(_HEADER.size + length, kind, _REQUEST | _DUMP, 1, 0) + bytes(length))
        for _ in range(_MOST):
            for said, body in messages(asking.recv(_LARGEST)):
                if said in {_DONE, _ERROR}:
                    return
                if said == _NEW[kind]:
                    yield body


def _address(body: bytes) -> HasAddress | None:
    """`struct ifaddrmsg`: family, prefix, flags, scope, interface."""
    if len(body) < 8:
        return None
    _family, prefix, _flags, scope, interface = struct.unpack_from("=BBBBi", body)
    told = attributes(body[8:])
    packed = told.get(2, told.get(1, b""))  # IFA_LOCAL, else IFA_ADDRESS
    if scope != UNIVERSE or len(packed) not in {4, 16} or prefix > len(packed) * 8:
        return None
    return HasAddress(interface, ipaddress.ip_interface((packed, prefix)))


def _gateway(body: bytes) -> HasGateway | None:
    """`struct rtmsg`: family, prefixes, type of service, table, protocol, scope, kind, flags."""
    if len(body) < 12:
        return None
    _family, prefix, _source, _tos, table, _protocol, _scope, kind, _flags = struct.unpack_from("=BBBBBBBBI", body)
    told = attributes(body[12:])
    packed, out = told.get(5, b""), told.get(4, b"")  # RTA_GATEWAY, RTA_OIF
    if prefix or table != _MAIN or kind != _UNICAST or len(packed) not in {4, 16} or len(out) != 4:
        return None
    return HasGateway(struct.unpack("=i", out)[0], ipaddress.ip_address(packed))


def _neighbour(body: bytes) -> Neighbour | None:
    """`struct ndmsg`: family, padding, interface, state, flags, kind."""
    if len(body) < 12:
        return None
    interface, state = struct.unpack_from("=iH", body, 4)
    packed = attributes(body[12:]).get(1, b"")  # NDA_DST
    if len(packed) not in {4, 16}:
        return None
    answers = False if state & _FAILED else True if state & _KNOWN else None
    return Neighbour(interface, ipaddress.ip_address(packed), answers)
