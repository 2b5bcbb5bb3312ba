"""DNS asked for real, of dnsmasq; and of servers that are silent, cut off, or answer something else."""

import socket

import pytest
import trio
from trio.testing import MockClock

from appliance.provision.discovery.ask import ask, service
from appliance.provision.discovery.order import Server, Service
from appliance.provision.discovery.wire import SRV, question
from tests.provision.discovery.name_server import name_server

NAME = "_offhook-prov._tcp.example"


async def test_a_service_with_its_folder() -> None:
    words = (f"--srv-host={NAME},rooms.example,8443,1,5", f"--txt-record={NAME},txtvers=1,path=/boxes")
    async with name_server(*words) as server:
        assert await service("example", [server]) == Service((Server(1, 5, 8443, "rooms.example"),), "/boxes")


async def test_a_service_without_a_text_has_the_uppermost_folder() -> None:
    async with name_server(f"--srv-host={NAME},rooms.example,443") as server:
        assert await service("example", [server]) == Service((Server(0, 0, 443, "rooms.example"),), "/")


async def test_a_domain_without_the_service() -> None:
    async with name_server() as server:
        assert await service("example", [server]) == Service()


async def test_what_is_too_long_for_a_datagram_comes_by_a_connection() -> None:
    words = [f"--srv-host={NAME},rooms-{number}-{'x' * 40}.example,443,{number}" for number in range(20)]
    async with name_server(*words) as server:
        assert len((await service("example", [server])).servers) == 20


async def test_a_server_that_refuses_is_followed_by_the_next() -> None:
    async with name_server(f"--srv-host={NAME},rooms.example,443") as server:
        assert (await service("example", [("127.0.0.1", 1), server])).servers


async def test_one_that_is_silent_costs_its_time_and_no_more(autojump_clock: MockClock) -> None:
    with trio.socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        await silent.bind(("127.0.0.1", 0))
        before = trio.current_time()
        assert await service("example", [silent.getsockname()]) == Service()
        assert trio.current_time() - before == pytest.approx(4.0)


async def test_answers_to_other_questions_are_passed_over(nursery: trio.Nursery) -> None:
    with trio.socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as odd:
        await odd.bind(("127.0.0.1", 0))

        async def answers() -> None:
            asked, client = await odd.recvfrom(512)
            number = int.from_bytes(asked[:2], "big")
            for other in (b"", b"\0" * 40, bytes((asked[0] ^ 1, asked[1])) + b"\x81\x83" + asked[4:]):
                await odd.sendto(other, client)
            await odd.sendto(number.to_bytes(2, "big") + b"\x81\x80" + asked[4:], client)

        nursery.start_soon(answers)
        said = await ask(NAME, SRV, [odd.getsockname()])
        assert (said.code, said.servers) == (0, ())
        assert question(NAME, SRV, 0)[2:4] == b"\x01\0"
