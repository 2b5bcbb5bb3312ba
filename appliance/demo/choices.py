"""What a visitor of the demo may choose: which panel the display is, and which language is spoken."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.language.codes import Code
from appliance.runtime.web.answers import json_answer, read_json
from appliance.virtual.hardware import VirtualHardware

LANGUAGES: Final[Mapping[Code, str]] = {"en": "English", "es": "Español", "pl": "Polski", "ru": "Русский"}
"""Each by its own name, for those who read no other."""

Speak = Callable[[Code], Awaitable[None]]
"""Lets the room speak a language from now on; returns once it does."""


class LanguageBody(msgspec.Struct, forbid_unknown_fields=True):
    """The language to speak."""

    language: Code


def language_route(speak: Speak) -> Route:
    """`/language`: what is posted there is spoken."""

    async def choose(request: Request) -> Response:
        body = await read_json(request, LanguageBody)
        await speak(body.language)
        return json_answer({"language": body.language})

    return Route("/language", choose, methods=["POST"])


def panels(hardware: VirtualHardware) -> dict[str, str]:
    """What each panel is called on the page, by its name in the interface."""
    return {name: _title(name) for name in hardware.display.choices}


def _title(name: str) -> str:
    driver, _, size = name.partition("-")
    return f"{size.replace('x', '×')} · {driver.upper()}"
