"""A network of this test's own: the box has addresses that are not loopback, and there are any number of guests.

A namespace of the kernel belongs to a thread: sockets that are opened in it stay there. What else the test does in this
thread meanwhile, such as the simulated terminal, is in the same network. A process has to be started by this thread as
well: trio starts them in threads that it keeps, and those may be in the network of another test.
"""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest

BOX: Final = "192.0.2.7"
BOX_6: Final = "2001:db8:1::7"
GUESTS: Final = tuple(f"198.51.100.{number}" for number in range(1, 255))
PATH: Final = "/usr/sbin:/usr/bin:/sbin:/bin"
NEW_NETWORK: Final = 0x40000000  # CLONE_NEWNET; see unshare(2)
SET_UP: Final = (
    "link set lo up",
    f"address add {BOX}/32 dev lo",
    f"address add {BOX_6}/128 dev lo nodad",
    "route add local 198.51.100.0/24 dev lo",  # each address of it may be somebody's
)

needs_a_network = (
    pytest.mark.skipif(os.geteuid() != 0, reason="needs root, for a network of its own"),
    pytest.mark.skipif(shutil.which("ip", path=PATH) is None, reason="ip is missing: apt install iproute2"),
)


@contextmanager
def a_network() -> Iterator[None]:
    """Moves this thread into a network in which only the box and its guests are, and back."""
    libc = ctypes.CDLL(None, use_errno=True)
    ip = shutil.which("ip", path=PATH) or "ip"
    before = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    try:
        if libc.unshare(NEW_NETWORK):
            pytest.skip(f"no network of its own here: {os.strerror(ctypes.get_errno())}")
        try:
            for words in SET_UP:
                subprocess.run([ip, *words.split()], check=True)
            yield
        finally:
            assert libc.setns(before, NEW_NETWORK) == 0, os.strerror(ctypes.get_errno())
    finally:
        os.close(before)
