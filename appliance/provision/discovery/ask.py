"""Asks the machine's name servers, as resolv.conf names them: a datagram each, a connection where that is too small."""

import secrets
from collections.abc import Sequence

import trio

from appliance.provision.discovery.order import SERVICE, Service
from appliance.provision.discovery.wire import SRV, TXT, DnsError, Reply, number_of, question, reply

_PORT = 53
_PATIENCE = 2.0  # seconds for one answer: what a lookup in a house takes, and one that a house's server passes on
_ROUNDS = 2  # through all servers: a datagram may be lost
_DATAGRAM = 4096  # bytes; without EDNS none has more than 512
_LONGEST = 65535
_NO_SUCH_NAME = 3

Address = tuple[str, int]


async def service(domain: str, servers: Sequence[Address]) -> Service:
    """What DNS-SD says of a domain; an empty one where it says nothing, or nobody answers."""
    name = f"{SERVICE}.{domain}"
    found = await ask(name, SRV, servers)
    if not found.servers:
        return Service()
    return Service(found.servers, _path((await ask(name, TXT, servers)).texts))


async def ask(name: str, kind: int, servers: Sequence[Address]) -> Reply:
    """What the first server says that answers; nothing where none does."""
    for server in (*servers,) * _ROUNDS:
        with trio.move_on_after(_PATIENCE):
            try:
                said = await _once(name, kind, server)
            except (OSError, DnsError, trio.BrokenResourceError):
                continue
            if said.code in {0, _NO_SUCH_NAME}:
                return said
    return Reply(_NO_SUCH_NAME, cut=False)


def addresses(servers: Sequence[str]) -> tuple[Address, ...]:
    """Name servers with the port that all have."""
    return tuple((server, _PORT) for server in servers)


def _path(texts: Sequence[bytes]) -> str:
    """The folder that a TXT record names (RFC 6763, 6.4: the first of a key counts); the uppermost where none does."""
    for text in texts:
        key, _, value = text.partition(b"=")
        if key.lower() == b"path":
            path = value.decode("ascii", "replace")
            return path if path.startswith("/") else f"/{path}"
    return "/"


async def _once(name: str, kind: int, server: Address) -> Reply:
    number = secrets.randbelow(1 << 16)
    asked = question(name, kind, number)
    said = reply(await _by_datagram(asked, number, server))
    return reply(await _by_connection(asked, number, server)) if said.cut else said


async def _by_datagram(asked: bytes, number: int, server: Address) -> bytes:
    family = trio.socket.AF_INET6 if ":" in server[0] else trio.socket.AF_INET
    with trio.socket.socket(family, trio.socket.SOCK_DGRAM) as socket:
        await socket.connect(server)  # others' datagrams are not given to us
        await socket.send(asked)
        while number_of(said := await socket.recv(_DATAGRAM)) != number:
            pass
        return said


async def _by_connection(asked: bytes, number: int, server: Address) -> bytes:
    """The same with lengths before both (RFC 1035, 4.2.2)."""
    async with await trio.open_tcp_stream(*server) as stream:
        await stream.send_all(len(asked).to_bytes(2, "big") + asked)
        said = await _exactly(stream, int.from_bytes(await _exactly(stream, 2), "big"))
    if number_of(said) != number:
        raise DnsError("the answer to another question")
    return said


async def _exactly(stream: trio.abc.ReceiveStream, length: int) -> bytes:
    said = bytearray()
    while len(said) < length:
        if not (part := await stream.receive_some(min(length - len(said), _LONGEST))):
            raise DnsError("shorter than it says")
        said += part
    return bytes(said)
