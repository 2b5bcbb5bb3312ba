"""A real name server on loopback: dnsmasq, with what a test gives it."""

import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest
import trio

from tests.fleet.mqtt.mosquitto import free_port
from tests.virtual_time import real

DNSMASQ = shutil.which("dnsmasq", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")

Address = tuple[str, int]


@asynccontextmanager
async def name_server(*words: str) -> AsyncIterator[Address]:
    """Runs it; `words`: options such as --srv-host=…. It knows nothing else, and asks nobody."""
    if DNSMASQ is None:
        pytest.skip("dnsmasq is missing: apt install dnsmasq-base")
    address = ("127.0.0.1", free_port())
    usual = ("--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--no-daemon")
    where = (f"--port={address[1]}", "--listen-address=127.0.0.1", "--bind-interfaces", "--local=/example/")
    async with trio.open_nursery() as nursery:
        command = [DNSMASQ, *usual, *where, *words]
        process = await nursery.start(partial(trio.run_process, command, stderr=subprocess.DEVNULL, check=False))
        await _until_it_listens(address)
        try:
            yield address
        finally:
            process.kill()


async def _until_it_listens(address: Address) -> None:
    with trio.fail_after(real(30)):
        while True:
            try:
                async with await trio.open_tcp_stream(*address):
                    return
            except OSError:
                await trio.sleep(0.02)
