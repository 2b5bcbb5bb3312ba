"""Clients that others wrote, where they are installed: the same command and its reply, to the same server.

Each is a program that is given the port and how many round trips are wanted, and prints the nanoseconds of each. One
that is not installed ends without a word, and with `MISSING`.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tests.bench.figures import Samples
from tests.bench.patience import patience

MISSING = 77
NODE_MODULES = Path(sys.prefix) / "node" / "node_modules"

VENDOR = f"""
import sys, threading, time
try:
    import trueconf_room
except ImportError:
    sys.exit({MISSING})
port, count = map(int, sys.argv[1:])
room = trueconf_room.open_session(ip="127.0.0.1", port=port)
heard = threading.Event()
@room.handler({{"method": "getMicMute", "mute": None}})
def take(reply):
    heard.set()
while not room.isReady():
    time.sleep(0.01)
for _ in range(count):
    heard.clear()
    began = time.perf_counter_ns()
    room.methods.getMicMute()
    heard.wait()
    print("took", time.perf_counter_ns() - began)
"""

NODE_WS = f"""
let WebSocket;
try {{ WebSocket = require('ws'); }} catch {{ process.exit({MISSING}); }}
const [port, count] = process.argv.slice(1).map(Number);
const socket = new WebSocket(`ws://127.0.0.1:${{port}}/`, {{ perMessageDeflate: false }});
let began, left = count;
const ask = () => {{
  began = process.hrtime.bigint();
  socket.send(JSON.stringify({{ method: 'getMicMute', requestId: '1000' }}));
}};
socket.on('open', ask);
socket.on('message', (text) => {{
  JSON.parse(text);
  console.log('took', String(process.hrtime.bigint() - began));
  if (--left) setImmediate(ask); else process.exit(0);
}});
"""


class Client(msgspec.Struct, frozen=True):
    """A client: what people call it, its figure, and the command that runs it, before port and count."""

    name: str
    figure: str
    command: tuple[str, ...]
    share: int = 1
    """One of how many round trips is made: this one takes long, for it looks for work now and then only."""


CLIENTS: Sequence[Client] = (
    Client("node's ws", "node_ws_round_trip", ("node", "-e", NODE_WS)),
    Client("the vendor's client", "vendor_round_trip", (sys.executable, "-c", VENDOR), share=5),
)


def round_trips(client: Client, port: int, rounds: int, samples: Samples) -> str:
    """Adds samples of a client's round trips; returns what is to be told of it."""
    count = max(2, rounds // client.share)
    command = [*client.command, str(port), str(count)]
    folder = os.pathsep.join(filter(None, (str(NODE_MODULES), os.environ.get("NODE_PATH"))))
    try:
        ran = subprocess.run(
            command,
            env={**os.environ, "NODE_PATH": folder},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=patience(60),
        )
    except FileNotFoundError:
        return f"{client.name}: not installed"
    if ran.returncode == MISSING:
        return f"{client.name}: not installed"
    took = [int(line.split()[1]) / 1e9 for line in ran.stdout.decode().splitlines() if line.startswith("took ")]
    if len(took) < count:
        return f"{client.name}: did not work (exit status {ran.returncode})"
    samples.setdefault(client.figure, []).extend(took)
    return f"{client.name}: {count} round trips"
