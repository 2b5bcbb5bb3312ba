"""A language that puts every sentence into brackets: whatever is shown without them did not come from the catalogue."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from appliance.card import report
from appliance.config.load import ConfigError, load, parse
from appliance.demo.page import demo_app
from appliance.display.canvas import Canvas
from appliance.display.draw import draw
from appliance.language.catalogue import Language
from appliance.language.text import Text
from appliance.panel.status import rows, state_json, status_app
from appliance.room.people.book import Book
from appliance.room.secret import Secret
from appliance.room.state import RoomState
from appliance.runtime.web.answers import web_app
from appliance.wiring.picture import picture
from appliance.wiring.places import wiring
from drivers.gpio.header import PLACES
from tests.demo.wired import wired
from tests.display.scenes import SCENES
from tests.language.catalogues import translated
from tests.runtime.web.client import get
from tests.runtime.web.serving import Serve

LATIN = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture(scope="module")
def brackets(tmp_path_factory: pytest.TempPathFactory) -> Language:
    return translated(tmp_path_factory.mktemp("brackets"), "ru", lambda sentence: f"[{sentence}]")


def outside(text: str) -> str:
    """A text without what is in brackets, which may stand in each other."""
    while (less := re.sub(r"\[[^\[\]]*\]\d?", "", text)) != text:
        text = less
    return text


def _json(value: object, language: Language) -> object:
    """A text in the language; a password is not drawn, so nothing of it is known."""
    if isinstance(value, Book):
        return tuple(value)
    return "" if isinstance(value, Secret) else language.json(value)


def names(value: object) -> Iterator[str]:
    """Everything in a value that is a string: names, ids, titles."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from names(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from names(each)


@pytest.mark.parametrize("scene", SCENES)
def test_all_on_the_display_comes_from_the_catalogue(
    scene: str, brackets: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = msgspec.structs.replace(SCENES[scene], language=brackets)
    known = {
        view.room,
        view.address,
        view.state.new_password.password.text if view.state.new_password else "",
        view.state.pairing.where.partition("://")[2] if view.state.pairing else "",
        *names(msgspec.to_builtins(view.state, enc_hook=lambda value: _json(value, brackets))),
    }
    drawn: list[str] = []
    before = Canvas.said

    def said(self: Canvas, text: Text | str) -> str:
        drawn.append(brackets.say(text) if isinstance(text, Text) else text)
        return before(self, text)

    monkeypatch.setattr(Canvas, "said", said)
    draw(view)
    assert drawn
    assert [text for text in drawn if text not in known and LATIN.search(outside(text))] == []


@pytest.mark.parametrize("scene", SCENES)
async def test_all_on_the_status_page_comes_from_the_catalogue(scene: str, brackets: Language, serve: Serve) -> None:
    state = SCENES[scene].state
    page = (await get(await serve(status_app(lambda: state, brackets)), "/")).body.decode()
    assert '<html lang="ru">' in page
    shown = outside(re.sub(r"<[^>]*>", "\n", page))
    assert set(LATIN.findall(shown)) <= set(LATIN.findall("\n".join(names(msgspec.to_builtins(state, enc_hook=str)))))
    assert all(label.startswith("[") for label, _ in rows(state, 0.0, brackets))


async def test_json_is_in_the_language_too(brackets: Language) -> None:
    state: RoomState = SCENES["no_link"].state
    assert state_json(state, brackets)["link"]["reason"] == "[No answer from 192.168.10.20]"


def test_mistakes_come_from_the_catalogue(brackets: Language) -> None:
    with pytest.raises(ConfigError) as caught:
        parse('[room]\nnam = "x"\n[buttons.a]\npress = "cal"\npin = 1\n[terminal]\nhost = 5\n', Path("room.toml"))
    said = caught.value.said(brackets).splitlines()
    assert len(said) > 3
    assert [line for line in said if not re.fullmatch(r"room\.toml:\d+: ([a-z.]+: )?\[.*\]", line)] == []
    mistakes = caught.value.mistakes
    lines = [*report.lines(mistakes, has_room=False, language=brackets), brackets.say(report.short(mistakes))]
    assert [line for line in lines if line and "[" not in line] == []


def test_the_picture_of_the_wiring_comes_from_the_catalogue(brackets: Language) -> None:
    config = load(Path(__file__).parents[2] / "image/deb/room.toml")
    drawn = outside(re.sub(r"<[^>]*>", "\n", picture(wiring(config), brackets)))
    own = {config.room.name, *PLACES, "SDA", "SCL", *(wire.key for wire in wiring(config).wires)}
    left = {word for line in drawn.splitlines() for word in re.split(r"[,:] ?", line.strip())} - own
    assert [word for word in left if LATIN.search(word)] == []


async def test_all_on_the_demos_page_comes_from_the_catalogue(brackets: Language, serve: Serve) -> None:
    with wired() as room:
        page = (await get(await serve(demo_app(room.hardware, web_app([]), dict, brackets)), "/")).body.decode()
    assert '<html lang="ru">' in page
    carried = re.search(r'id="words">(.*?)</script>', page)
    assert carried
    assert [said for said in json.loads(carried[1]).values() if not said.startswith("[")] == []
    shown = outside(re.sub(r"<script.*?</script>|<[^>]*>", "\n", page))
    controllers = {"SSD", "SH", "ST"}  # of displays: names such as SSD1306 are the same everywhere
    assert set(LATIN.findall(shown)) <= {"Offhook", *controllers}
    assert not [said for said in re.findall(r'aria-label="([^"]*)"', page) if not said.startswith("[")]


def test_what_a_catalogue_lacks_is_said_in_english(tmp_path: Path) -> None:
    language = translated(tmp_path, "pl", lambda sentence: f"[{sentence}]", but="notice.no_link")
    assert language.say(Text("notice.no_link")) == "No link to the terminal"
    assert language.say(Text("notice.unknown_code")) == "[Unknown badge or code]"


@pytest.mark.parametrize(("count", "form"), [(1, 0), (21, 0), (2, 1), (22, 1), (5, 2), (11, 2), (25, 2), (111, 2)])
def test_plurals_follow_the_language(brackets: Language, count: int, form: int) -> None:
    assert brackets.say(Text("display.missed_calls", count=count)) == f"[{count} missed calls]{form}"


def test_a_translation_that_lost_or_invented_a_gap_harms_nobody(tmp_path: Path) -> None:
    language = translated(tmp_path, "es", lambda _sentence: "{quien} {who")
    assert language.say(Text("rejected.busy", who="Anna")) == "{quien} {who"
