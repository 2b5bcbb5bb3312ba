"""`[room] language` reaches everything that people read."""

from pathlib import Path

import msgspec
import pytest
import trio
from trio.testing import MockClock

from appliance.config.load import parse
from appliance.demo.page import demo_app
from appliance.language.languages import language
from appliance.language.text import Text
from appliance.run.demo.demo import TEMPLATE
from appliance.run.pages.status import pages_of
from appliance.run.parts import Parts
from appliance.run.tables.display import display
from appliance.runtime.web.answers import web_app
from appliance.services.box.hardware import Hardware
from drivers.oled.fake import VirtualOled
from tests.demo.wired import wired
from tests.hooks.test_signature import SECRET
from tests.runtime.web.client import get
from tests.runtime.web.serving import Serve, serve
from tests.virtual_time import passes

__all__ = ["serve"]

ROOM = '[room]\nname = "Neptune"\nlanguage = "{code}"\n[terminal]\nhost = "127.0.0.1"\n[display]\n'
TEMPLATES = Path(__file__).parents[2] / "appliance/demo"


def parts(code: str, glass: VirtualOled | None = None) -> Parts:
    opened = (glass or VirtualOled()).open
    return Parts(parse(ROOM.format(code=code), Path("room.toml")), Hardware(display=opened))


async def shown(code: str, nursery: trio.Nursery) -> bytes:
    glass = VirtualOled()
    (service,) = display(parts(code, glass))
    await nursery.start(service.run)
    await passes(0.1)
    return glass.image.tobytes()


async def test_the_display_speaks_it(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    assert await shown("en", nursery) == await shown("en", nursery) != await shown("ru", nursery)


@pytest.mark.parametrize(("code", "says"), [("en", "Loudspeaker"), ("ru", "Динамик")])
async def test_the_status_page_speaks_it(code: str, says: str, serve: Serve) -> None:
    page = (await get(await serve(pages_of(parts(code)).app), "/")).body.decode()
    assert f'<html lang="{code}">' in page
    assert says in page


async def test_auto_follows_the_terminal(serve: Serve) -> None:
    room = parts("auto")
    address = await serve(pages_of(room).app)

    async def spoken() -> str:
        page = (await get(address, "/")).body.decode()
        return page.partition('<html lang="')[2][:2]

    assert await spoken() == "en"
    for told, speaks in (("ru", "ru"), ("", "ru"), ("tlh", "ru"), ("pl", "pl"), ("en", "en")):
        room.store.followed.value = msgspec.structs.replace(room.store.state, language=told)
        assert await spoken() == speaks
    room.store.followed.value = msgspec.structs.replace(room.store.state, language="es")
    assert room.language.json(Text("notice.no_link")) == "Sin conexión con el terminal"


async def test_the_display_changes_with_the_terminal(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    glass = VirtualOled()
    room = parts("auto", glass)
    (service,) = display(room)
    await nursery.start(service.run)
    await passes(0.1)
    assert glass.image.tobytes() == await shown("en", nursery)
    room.store.followed.value = msgspec.structs.replace(room.store.state, language="ru")
    await passes(0.1)
    assert glass.image.tobytes() == await shown("ru", nursery)


async def test_the_demos_page_speaks_it(serve: Serve) -> None:
    with wired() as room:
        app = demo_app(room.hardware, web_app([]), dict, language("ru"))
        page = (await get(await serve(app), "/")).body.decode()
    assert "В переговорной" in page


def test_the_demos_room_speaks_as_its_terminal_which_can_be_told() -> None:
    text = (TEMPLATES / TEMPLATE).read_text().format(web_port=80, pin="FA6", hook_port=80, hook_secret=SECRET)
    assert parse(text, Path("demo.toml")).room.language == "auto"
