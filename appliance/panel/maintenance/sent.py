"""Backups that are fetched, and those that are sent to be restored: the same for pages and for programs.

The passphrase of one that is sent stands in a header, as percent-encoded UTF-8: a header is in no log and in no list of
visited addresses, and the body is the file alone, so that it need not be taken apart.
"""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final
from urllib.parse import unquote

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from appliance.language.catalogue import Language
from appliance.language.text import Text
from appliance.maintain.machine import LARGEST, WITHIN, CannotBe, Copy, Machine, Who
from appliance.maintain.wishes import Backup, Restore
from appliance.runtime.web.uploads import CLOSES, Upload

PASSPHRASE: Final = "Offhook-Passphrase"  # noqa: S105  # the name of the header
BUSY: Final = {**CLOSES, "Retry-After": "10"}
SENT: Final = Upload(LARGEST, WITHIN)


def restore_of(request: Request) -> Restore:
    """Returns what a request that brings a backup says beside it. Raises `HTTPException` 400."""
    said = {name: value for name, value in request.query_params.items() if name in {"sure", "in_call"}}
    try:
        passphrase = unquote(request.headers.get(PASSPHRASE, ""))  # what is no UTF-8 is no passphrase of anything
        return msgspec.convert({**said, "passphrase": passphrase}, Restore, strict=False)
    except msgspec.ValidationError as error:
        raise HTTPException(400, f"{request.url.path}: {error}", CLOSES) from None


@asynccontextmanager
async def received(request: Request, machine: Machine, language: Language) -> AsyncIterator[bytes]:
    """Yields the file that is sent; nobody else may send one meanwhile. Raises `HTTPException`."""
    if machine.receiving.locked():
        raise HTTPException(503, language.say(Text("machine.one_restore")), BUSY)
    async with machine.receiving:
        try:
            pieces = [piece async for piece in request.stream()]
        except ClientDisconnect:
            raise HTTPException(400, "the file ended early") from None
        yield b"".join(pieces)


@asynccontextmanager
async def opened(machine: Machine, wish: Backup, who: Who, language: Language) -> AsyncIterator[Copy]:
    """Opens a new backup. Raises `HTTPException`."""
    try:
        async with machine.backup(wish, who) as copy:
            yield copy
    except CannotBe as error:
        raise HTTPException(409, language.say(error.text)) from None


def file_name(clock: datetime | None) -> str:
    """Returns what a new backup is called, as `offhook backup` does it."""
    host = socket.gethostname().partition(".")[0]
    named = host if host.isascii() and host.replace("-", "").isalnum() else "offhook"
    return f"{named}{'' if clock is None else f'-{clock:%Y-%m-%d}'}.offhook"
