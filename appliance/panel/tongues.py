"""Pages in other languages than that of the room: `?lang=ru` at the end of an address is for one screen.

What a page is told is looked at once for each language that a page has asked for, of which there are few.
"""

from collections.abc import Callable
from typing import Final, Protocol, cast, get_args
from urllib.parse import parse_qs

from starlette.types import Scope

from appliance.language.catalogue import Language
from appliance.language.codes import Code
from appliance.language.languages import language
from appliance.runtime.web.sockets import Socket

LANG: Final = "lang"


class Talks(Protocol):
    """Talks with pages in one language."""

    async def talk(self, socket: Socket) -> None:
        """Talks with one page until it has left."""


class Tongues:
    """Talks with each page in the language that it asks for."""

    def __init__(self, otherwise: Language, make: Callable[[Language], Talks]) -> None:
        """`otherwise`: what is spoken to all that ask for none. `make` returns what talks in a language."""
        self._otherwise = otherwise
        self._make = make
        self._talks: dict[Code | None, Talks] = {None: make(otherwise)}

    async def talk(self, socket: Socket) -> None:
        """Talks with one page until it has left."""
        code = asked(socket.about)
        if code not in self._talks:
            self._talks[code] = self._make(spoken(code, self._otherwise))
        await self._talks[code].talk(socket)


def asked(scope: Scope) -> Code | None:
    """Returns the language that a request, or a WebSocket, asks for; None where it asks for none that there is."""
    codes = parse_qs(scope["query_string"].decode("latin-1")).get(LANG, [])
    return cast("Code", codes[0]) if codes and codes[0] in get_args(Code) else None


def spoken(code: Code | None, otherwise: Language) -> Language:
    """Returns the language of a code; `otherwise` where there is none."""
    return otherwise if code is None else language(code)
