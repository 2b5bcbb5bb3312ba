"""Frames to begin with: every printed example."""

import json
from collections.abc import Iterator
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "data" / "examples.json"


def seeds() -> Iterator[bytes]:
    """Each example of an event or a reply as a frame."""
    examples = json.loads(EXAMPLES.read_text())
    for event in examples["events"]:
        yield from (json.dumps(each).encode() for each in event["examples"])
    for command in examples["commands"]:
        yield from (json.dumps(each).encode() for each in command["replies"])
