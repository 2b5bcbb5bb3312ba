"""Pages that a browser has kept: they say themselves that the box is out of reach, and show the room again."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.panel.test_door_page import NOTHING, browser, door, state

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no failure

KEPT = """async () => {
  await navigator.serviceWorker.ready;
  const names = await caches.keys();
  const keysOf = async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url);
  const kept = await Promise.all(names.map(keysOf));
  return Object.fromEntries(names.map((name, nth) => [name, kept[nth]]));
}"""
OTHER = 'caches.open("offhook other").then((other) => other.put("/panel/static/old.js", new Response("")))'


def kept(page: Page) -> dict[str, list[str]]:
    """What the browser has kept, once it has."""
    page.wait_for_function(f"({KEPT})().then((found) => Object.values(found).some((urls) => urls.length > 5))")
    found: dict[str, list[str]] = page.evaluate(KEPT)
    return found


@pytest.mark.parametrize("path", ["/panel", "/panel/door?lang=ru"])
def test_a_screen_says_itself_that_the_box_is_gone(browser: Browser, path: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    with door() as server:
        server.ask("/test/room", NOTHING)
        page.goto(server.url + path)
        state(page, "free", 20_000)
        ((name, urls),) = kept(page).items()
        assert all(url == server.url + path or url.startswith(f"{server.url}/panel/static/") for url in urls)
        page.evaluate(OTHER)
        page.reload()
        state(page, "free", 20_000)
        page.wait_for_function(f"({KEPT})().then((found) => Object.keys(found).join() === '{name}')")
        address = server.address
    page.reload()
    expect(page.locator("#first")).to_have_text("Нет связи" if "ru" in path else "Offline")
    with door(listen=address) as server:
        server.ask("/test/room", NOTHING)
        state(page, "free", 20_000)
    page.close()
