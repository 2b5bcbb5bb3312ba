"""Writes a line into a CSV file for each call that somebody made to the room: when, who, and what became of it.

    python call_log.py 192.0.2.10 calls.csv --pin FA6

It listens only, and connects again when the terminal was away. A terminal has one session for its administrator and
one for a user: run it with the account that the appliance does not use.
"""

import argparse
import csv
from datetime import datetime
from pathlib import Path

import trio

from appliance.terminal import connect
from appliance.terminal.errors import Evicted, LinkLost, Timeout
from appliance.terminal.messages.calls import ConferenceCreated, InviteReceived, RejectSent, StopCalling

PAUSE = 5.0  # seconds between two attempts to connect
OUTCOMES = {ConferenceCreated: "answered", RejectSent: "declined", StopCalling: "missed"}


def note(path: Path, call: InviteReceived, outcome: str) -> None:
    """Appends one line; the file can be opened by others in between."""
    with path.open("a", newline="", encoding="utf-8") as file:
        when = datetime.now().astimezone().isoformat(timespec="seconds")
        csv.writer(file).writerow([when, call.peer_id, call.peer_name, outcome])


async def listen(arguments: argparse.Namespace) -> None:
    """Notes calls until the connection ends."""
    options = {"pin": arguments.pin, "web_port": arguments.web_port, "role": arguments.role}
    async with connect(arguments.host, **options) as room:
        with room.events(InviteReceived, *OUTCOMES) as events:
            print("listening", flush=True)
            call = None
            async for event in events:
                if isinstance(event, InviteReceived):
                    call = event
                elif call is not None:
                    note(arguments.file, call, OUTCOMES[type(event)])
                    call = None


async def main(arguments: argparse.Namespace) -> None:
    """Listens for ever; wrong credentials end it, for no pause would put them right."""
    while True:
        try:
            await listen(arguments)
        except Evicted:
            raise  # somebody else took the account over: do not fight for it
        except (LinkLost, Timeout) as error:
            print(f"no connection: {error}", flush=True)
        await trio.sleep(PAUSE)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Writes who called the room into a CSV file.")
    parser.add_argument("host")
    parser.add_argument("file", type=Path)
    parser.add_argument("--pin")
    parser.add_argument("--role", choices=["admin", "user"])
    parser.add_argument("--web-port", type=int, default=80)
    trio.run(main, parser.parse_args())
