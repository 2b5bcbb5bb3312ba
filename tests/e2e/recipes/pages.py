"""The recipes of docs/recipes.md by their titles, and rooms that follow them."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.e2e.world import World, a_room

PAGE = Path(__file__).parents[3] / "docs" / "recipes.md"

ROOM = """
hardware = "virtual"
[room]
name = "Neptune"
contact = "{contact}"
{room}
[terminal]
host = "127.0.0.1"
web_port = {web}
{terminal}
"""
"""What each recipe is added to: a room with nothing to press."""

_PANEL = '[panel]\nlisten = "127.0.0.1:0"\n'

_OF_THE_ROOM = re.compile(r"^\[room\]\n((?:[^\[\n].*\n)*)", re.MULTILINE)


def recipes(text: str) -> Mapping[str, str]:
    """Returns the lines of each recipe by its title; a title without lines is none."""
    titles = re.split(r"^#+ (.*)\n", text, flags=re.MULTILINE)[1:]
    found = {
        title: "".join(re.findall(r"```toml\n(.*?)```", words, re.DOTALL))
        for title, words in zip(titles[::2], titles[1::2], strict=True)
    }
    return {title: lines for title, lines in found.items() if lines}


RECIPES = recipes(PAGE.read_text())


def followed(*titles: str) -> tuple[str, str]:
    """Returns the lines that these recipes have for [room], and their other tables; a panel there always is."""
    lines = "\n".join(RECIPES[title] for title in titles)
    tables = _OF_THE_ROOM.sub("", lines)
    return "".join(_OF_THE_ROOM.findall(lines)), tables if "[panel]" in tables else _PANEL + tables


@asynccontextmanager
async def a_room_with(*titles: str, **given: Any) -> AsyncIterator[World]:  # as for `a_room`
    """A room that follows these recipes."""
    room, tables = followed(*titles)
    template = ROOM + tables.replace("{", "{{").replace("}", "}}")
    async with a_room(template=template, room=room, **given) as world:
        yield world
