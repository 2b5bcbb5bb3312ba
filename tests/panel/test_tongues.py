"""Pages in another language than the room's."""

import pytest
import trio
from starlette.types import Scope

from appliance.language.catalogue import ENGLISH, Language
from appliance.panel.tongues import Tongues, asked, spoken
from appliance.runtime.web.sockets import Socket


def scope(query: str) -> Scope:
    return {"type": "http", "query_string": query.encode()}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("lang=ru", "ru"),
        ("inches=7&lang=pl", "pl"),
        ("lang=es&lang=ru", "es"),
        ("", None),
        ("lang=", None),
        ("lang=de", None),
        ("lang=RU", None),
        ("lang=%F0%28%8C", None),
        ("lang=" + "ru" * 5000, None),
    ],
)
def test_what_an_address_asks_for(query: str, code: str | None) -> None:
    assert asked(scope(query)) == code


def test_nothing_that_is_asked_for_is_what_is_spoken_otherwise() -> None:
    assert spoken(None, ENGLISH) is ENGLISH
    assert spoken("ru", ENGLISH).code == "ru"


class Talk:
    """Remembers with whom it has talked."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.talks = 0

    async def talk(self, _socket: Socket) -> None:
        await trio.lowlevel.checkpoint()
        self.talks += 1


class Of:
    """A page that asks for something with its address."""

    def __init__(self, query: str) -> None:
        self.about = scope(query)


async def test_each_language_that_is_asked_for_is_made_once() -> None:
    made: list[Talk] = []

    def make(language: Language) -> Talk:
        made.append(Talk(language))
        return made[-1]

    tongues = Tongues(ENGLISH, make)
    for query in ("", "lang=ru", "lang=de", "lang=ru", "lang=en", "lang=es", "lang=pl", "lang=pl"):
        await tongues.talk(Of(query))  # type: ignore[arg-type]  # all that is looked at
    talks = [(talk.language.code, talk.talks) for talk in made]
    assert talks == [("en", 2), ("ru", 2), ("en", 1), ("es", 1), ("pl", 2)]
