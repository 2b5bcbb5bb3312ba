"""docs/security.md says what the program does: roles, figures, secrets, listeners, what a deputy is asked."""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, get_args

import msgspec
import pytest

from appliance.access import password, sessions, tokens
from appliance.access.hashing import COST, LONGEST, WAITING
from appliance.access.limits import EACH, FORGIVEN, TOGETHER
from appliance.access.roles import Role
from appliance.config.schema import Config
from appliance.config.secrets.places import SECRET_PLACES
from appliance.deputy.client import SOCKET
from appliance.deputy.guarded import GUARDED
from appliance.deputy.requests import Request
from appliance.kiosk import told
from appliance.panel.pair import pairing
from appliance.runtime.web import connection, guard, places
from appliance.runtime.web.guesses import KNOWN
from appliance.services.pages.access import SHOWN
from appliance.share import local
from appliance.terminal import boxes

PAGE: Final = (Path(__file__).parents[2] / "docs/security.md").read_text()
WORDS: Final = " ".join(PAGE.split())
NUMBERS: Final = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
BITS: Final = math.floor(password.PARTS * password.PART * math.log2(len(password.LETTERS)))

SAID: Final = (
    f"{EACH.free} times | {EACH.first:g} s, and twice as long after each further mistake, up to an hour",
    f"{TOGETHER.free} times | {TOGETHER.first:g} s, growing to a minute",
    f"so that a thousand at once are no way around this: {NUMBERS[EACH.free]} are compared",
    f"at most {NUMBERS[WAITING + 1]} wait",
    f"the last {KNOWN} of them",
    f"{NUMBERS[password.PARTS * password.PART]} letters and digits, {BITS} random bits",
    f"Argon2id ({COST.memory // 1024} MiB, {NUMBERS[COST.passes]} passes",
    f"change it there, if you like: {password.LEAST} to {LONGEST} characters",
    f"after {sessions.IDLE / 60:g} minutes without a request, after {sessions.LONGEST / 3600:g} hours in any case",
    f"There are at most {sessions.MOST}; the one that was used least lately ends",
    f"Up to {tokens.MOST} tokens",
    f"a code of {NUMBERS[pairing.DIGITS]} digits that the box's display shows: {NUMBERS[pairing.TRIES]} tries each, ",
    f"good once and for {NUMBERS[int(pairing.GOOD_FOR / 60)]} minutes",
    f"tries each, {NUMBERS[pairing.SHOWN]} a minute, and after {NUMBERS[pairing.WRONG]} wrong ones none for an hour",
    f"| connections | {places.MOST}, and never more than a quarter of the files that the service may open; ",
    f"of one address {places.PER_ADDRESS} (IPv6: of one network of 64 bits)",
    f"{NUMBERS[places.LOCAL]} more serve screens and programs of the box itself, and {places.KEPT} more answer",
    f"{places.SOCKETS} of the {places.MOST}, of one address {places.SOCKETS_PER_ADDRESS}",
    f"| the head of a request | {connection.HEADER_TIME:g} s and {connection.HEAD // 1024} KiB",
    f"| its body | {guard.BODY_TIME:g} s and {guard.BODY_LIMIT // 1024} KiB",
    f"| between two requests | {connection.IDLE_TIME:g} s, {connection.REQUESTS} requests |",
    f"| an answer that nobody takes | {connection.SEND_TIME:g} s |",
)


def table(heading: str) -> list[list[str]]:
    """The rows of the first table below a heading, without its head."""
    _, _, below = PAGE.partition(f"\n{heading}\n")
    lines = re.search(r"(?m)^\|.*\n\|[-|]*\|\n((?:\|.*\n)*)", below)
    assert lines is not None, heading
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[1].splitlines()]


def coded(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


@pytest.mark.parametrize("said", SAID)
def test_figures_are_those_of_the_program(said: str) -> None:
    assert said in WORDS


def test_what_has_a_word_of_its_own_is_that() -> None:
    assert (EACH.longest, pairing.CLOSED) == (3600, 3600)  # an hour
    assert (TOGETHER.longest, SHOWN, pairing.MINUTE) == (60, 60, 60)  # a minute
    assert FORGIVEN == 24 * 3600  # a day


def test_roles_are_those_that_there_are() -> None:
    assert [coded(row[0]) for row in table("## Access")] == [[role.word] for role in Role]


def test_each_secret_is_in_the_table_and_nothing_else() -> None:
    keys = [key for row in table("## Where each secret is") for key in coded(row[1])]
    assert len(keys) == len(set(keys))
    assert set(keys) == {".".join(place) for place in SECRET_PLACES}


def test_whatever_is_asked_of_the_deputy_is_in_the_table() -> None:
    named = [name for row in table("## The privileged helper") for name in coded(row[0])]
    assert sorted(named) == sorted(kind.__name__ for kind in get_args(Request))
    (refused,) = [row[2] for row in table("## The privileged helper") if "`Configure`" in row[0]]
    assert [name for name in GUARDED if f"`[{name}]`" not in refused] == []


LISTENS: Final = {"listen", "listen_tls", "discovery"}


def test_whatever_listens_is_in_the_table() -> None:
    where = {(key, name) for row in table("## What listens, and where") for key, name in _named(row[1])}
    assert where == set(_listening(Config, ""))


def test_sockets_and_ports_that_are_not_configured_are_the_programs_own() -> None:
    where = " ".join(row[1] for row in table("## What listens, and where"))
    names = (f"`{boxes.NAME}`", f"mode 0{local.MODE:o}", f"`{told.LISTEN}`", f"`{SOCKET}`")
    assert [each for each in names if each not in where] == []


def _named(cell: str) -> Iterator[tuple[str, str]]:
    """Each key that a cell names, with its table."""
    words = coded(cell)
    tables = [word.strip("[]") for word in words if word.startswith("[")]
    yield from ((key, name) for name in tables for key in words if key in LISTENS)


def _listening(kind: Any, at: str) -> Iterator[tuple[str, str]]:
    """Each key of the configuration at which something listens, with its table."""
    for field in msgspec.structs.fields(kind):
        if field.encode_name in LISTENS:
            yield field.encode_name, at
        for inner, more in _structs(field.type):
            yield from _listening(inner, f"{at}.{field.encode_name}{more}".strip("."))


def _structs(kind: Any) -> Iterator[tuple[Any, str]]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind, ""
        return
    is_table = getattr(kind, "__origin__", None) is dict
    for inner in get_args(kind):
        yield from ((each, f".NAME{more}" if is_table else more) for each, more in _structs(inner))
