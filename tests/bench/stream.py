"""What a terminal tells in a long meeting: events of every kind, now and then a big one; the same in every run."""

import json
import random
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[1] / "data" / "examples.json"
EVENTS = 10_000
BOOKS, BOOK = 50, 500  # address books in the stream, people in each
LISTS, LIST = 250, 49  # lists of participants, participants in each
SMALL = 1024  # bytes

SHAPES: dict[str, dict[str, Any]] = {
    event["name"]: example for event in json.loads(EXAMPLES.read_text())["events"] for example in event["examples"]
}


def small_events(count: int = EVENTS) -> list[str]:
    """Events of all kinds in random order, each below 1 KiB."""
    chance = random.Random(1)
    texts = [text for shape in SHAPES.values() if len(text := json.dumps(shape)) < SMALL]
    return [chance.choice(texts) for _ in range(count)]


def stream() -> list[str]:
    """All 10,000 events, as text frames."""
    events = small_events(EVENTS - BOOKS - LISTS) + [_book(n) for n in range(BOOKS)] + [_list(n) for n in range(LISTS)]
    random.Random(2).shuffle(events)
    return events


def _book(number: int) -> str:
    people = [
        {"peerId": f"user{n}@some.server", "peerDn": f"Иван Петрович {n}", "status": (n + number) % 3}
        for n in range(BOOK)
    ]
    return json.dumps({**SHAPES["abReceivedAfterLogin"], "abook": people}, ensure_ascii=False)


def _list(number: int) -> str:
    column, row = 1920 // 7, 1080 // 7
    windows = [
        {
            "peerId": f"user{n}@some.server",
            "peerDn": f"Иван Петрович {n}",
            "left": (n + number) % 7 * column,
            "top": n // 7 * row,
            "width": column,
            "height": row,
        }
        for n in range(LIST)
    ]
    return json.dumps({**SHAPES["videoMatrixChanged"], "participants": windows}, ensure_ascii=False)
