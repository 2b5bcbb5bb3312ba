"""Calls somebody at a time of the day, and says what became of it: 0 answered, 1 not, 3 no connection.

    python book_call.py 192.0.2.10 bob@example.com --at 14:30 --pin FA6

Without `--at` it calls now. It connects only when it is time, so the account is free until then.
"""

import argparse
import sys
from datetime import datetime, timedelta

import trio

from appliance.terminal import connect
from appliance.terminal.errors import Refused, TerminalError
from appliance.terminal.messages.calls import ConferenceCreated, RejectReceived, StopCalling

RINGS_FOR = 60.0  # seconds until we give up
LOOK_AGAIN = 30.0  # seconds: the clock may be set while we wait


def next_time(at: str, now: datetime) -> datetime:
    """Returns when it is HH:MM next: today, or tomorrow where that is over."""
    hour, minute = map(int, at.split(":"))
    today = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return today if today >= now.replace(second=0, microsecond=0) else today + timedelta(days=1)


async def wait_until(moment: datetime) -> None:
    """Returns when the wall clock has reached the moment."""
    while (left := (moment - datetime.now().astimezone()).total_seconds()) > 0:  # noqa: ASYNC110  # the wall clock has no event
        await trio.sleep(min(left, LOOK_AGAIN))


async def call(arguments: argparse.Namespace) -> int:
    """Calls, waits for the outcome, and returns the exit code. Who is called decides; a call that is up stays up."""
    options = {"pin": arguments.pin, "web_port": arguments.web_port}
    async with connect(arguments.host, **options) as room:
        with room.events(ConferenceCreated, RejectReceived, StopCalling) as events, trio.move_on_after(RINGS_FOR):
            await room.calls.call(arguments.peer)  # listening before sending: the outcome cannot be missed
            async for event in events:
                if isinstance(event, ConferenceCreated):
                    print("answered")
                    return 0
                print("not answered:", event.cause.name.lower() if isinstance(event, RejectReceived) else "ended")
                return 1
        await room.calls.hang_up()
        print("not answered in time")
        return 1


async def main(arguments: argparse.Namespace) -> int:
    """Waits, calls, and returns the exit code."""
    if arguments.at:
        await wait_until(next_time(arguments.at, datetime.now().astimezone()))
    try:
        return await call(arguments)
    except Refused as error:
        print("refused:", error)
        return 1
    except TerminalError as error:
        print("no connection:", error)
        return 3


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Calls somebody at a time of the day.")
    parser.add_argument("host")
    parser.add_argument("peer")
    parser.add_argument("--at", metavar="HH:MM")
    parser.add_argument("--pin")
    parser.add_argument("--web-port", type=int, default=80)
    sys.exit(trio.run(main, parser.parse_args()))
