"""A light at the door: follows an appliance's status page, and runs a command whenever the room becomes busy or free.

    python door_light.py http://192.0.2.30:8080/state --run ./light.sh

`light.sh` is called with one word: `busy`, `free` or `unknown`. Without `--run` the word is printed. It needs nothing
but Python: copy it to any machine that can reach the page (`[panel]` in room.toml).
"""

import argparse
import json
import subprocess
import time
import urllib.request

TIMEOUT = 5.0  # seconds for an answer
BUSY = {"waiting_room", "waiting", "calling", "ringing", "in_call", "closing"}


def room(url: str) -> str:
    """Asks the page. A page that does not know, or does not answer, is `unknown`: the light is never green by guess."""
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT) as answer:  # noqa: S310  # the address is the user's own
            state = json.load(answer)
    except (OSError, ValueError):
        return "unknown"
    if state["link"]["phase"] != "up" or state["phase"] == "unknown":
        return "unknown"
    return "busy" if state["phase"] in BUSY else "free"


def show(word: str, command: str | None) -> None:
    """Sets the light."""
    if command is None:
        print(word, flush=True)
    else:
        subprocess.run([command, word], check=False)  # noqa: S603  # the command is the user's own


def main(arguments: argparse.Namespace) -> None:
    """Follows the room for ever."""
    shown = None
    while True:
        word = room(arguments.url)
        if word != shown:
            show(word, arguments.run)
            shown = word
        time.sleep(arguments.every)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Says whether a room is busy, free or unknown.")
    parser.add_argument("url")
    parser.add_argument("--run", metavar="COMMAND")
    parser.add_argument("--every", type=float, default=1.0, metavar="SECONDS")
    main(parser.parse_args())
