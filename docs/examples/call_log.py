"""Writes a line into a CSV file for each call that somebody made to the room: when, who, and what became of it.

    python call_log.py 192.0.2.10 calls.csv --pin FA6

It listens only, and connects again when the terminal was away. A terminal has one session for its administrator and
one for a user: run it with the account that the appliance does not use.
"""

import argparse
import csv
import sys
from datetime import datetime
from pathlib import Path

import trio

from appliance.terminal import LinkDown, LinkEvicted, LinkRefused, LinkUp, keep_connected
from appliance.terminal.messages.calls import ConferenceCreated, InviteReceived, RejectSent, StopCalling

OUTCOMES = {ConferenceCreated: "answered", RejectSent: "declined", StopCalling: "missed"}


def note(path: Path, call: InviteReceived, outcome: str) -> None:
    """Appends one line; the file can be opened by others in between."""
    with path.open("a", newline="", encoding="utf-8") as file:
        when = datetime.now().astimezone().isoformat(timespec="seconds")
        csv.writer(file).writerow([when, call.peer_id, call.peer_name, outcome])


async def main(arguments: argparse.Namespace) -> None:
    """Notes calls for ever; wrong credentials and another controller end it, for no pause would put them right."""
    options = {"pin": arguments.pin, "web_port": arguments.web_port, "role": arguments.role}
    call = None
    async with keep_connected(arguments.host, **options) as room:
        async for report in room:
            match report:
                case LinkUp():
                    print("listening", flush=True)
                    call = None  # what happened meanwhile was not heard
                case LinkDown():
                    print(f"no connection: {report.reason}", flush=True)
                case LinkRefused() | LinkEvicted():
                    sys.exit(f"not allowed to listen: {report}")
                case InviteReceived():
                    call = report
                case _ if call is not None and type(report) in OUTCOMES:
                    note(arguments.file, call, OUTCOMES[type(report)])
                    call = None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Writes who called the room into a CSV file.")
    parser.add_argument("host")
    parser.add_argument("file", type=Path)
    parser.add_argument("--pin")
    parser.add_argument("--role", choices=["admin", "user"])
    parser.add_argument("--web-port", type=int, default=80)
    trio.run(main, parser.parse_args())
