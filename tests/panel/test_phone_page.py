"""Pairing as people do it: a panel, a phone and a display, in a real browser over HTTPS, and a reader of QR codes."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from appliance.access.gate import PANEL_COOKIE
from appliance.access.limits import EACH
from appliance.panel.pair.pairing import GOOD_FOR
from tests.demo.browser import Server, chromium
from tests.display.conftest import DOCS, REWRITE
from tests.display.test_qr import READER, read
from tests.panel.pair_server import NAME
from tests.panel.secure_box import SecureBox, served_in_tls
from tests.panel.test_door_day import AXE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no failure

PHONE: Final = {"width": 390, "height": 844}
TABLET: Final = {"width": 1280, "height": 800}
ELSEWHERE: Final = "https://evil.example.com/"
needs_reader = pytest.mark.skipif(READER is None, reason="needs zbarimg (Debian package zbar-tools)")


class Box(SecureBox):
    """The box behind the pages, which browsers reach by its name."""

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        self.url = f"https://{NAME}:{server.address.rpartition(':')[2]}"

    def display(self) -> Image.Image:
        return Image.open(BytesIO(self.read("/test/display.png")))

    @property
    def code(self) -> str:
        return str(self.ask("/test/told")["code"])

    @property
    def screens(self) -> int:
        return int(self.ask("/test/told")["screens"])


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    with served_in_tls("tests.panel.pair_server", tmp_path) as server:
        yield Box(server)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


def opened(browser: Browser, size: dict[str, int]) -> BrowserContext:
    return browser.new_context(ignore_https_errors=True, viewport={"width": size["width"], "height": size["height"]})


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with opened(browser, PHONE) as context:
        yield from _watched(context)


@pytest.fixture
def panel(box: Box, browser: Browser) -> Iterator[Page]:
    """A screen on the wall that was paired."""
    with opened(browser, TABLET) as context:
        secret = box.ask("/test/screen", {})["secret"]
        context.add_cookies([{"name": PANEL_COOKIE, "value": secret, "domain": NAME, "path": "/panel", "secure": True}])
        yield from _watched(context)


def _watched(context: BrowserContext) -> Iterator[Page]:
    page, complaints = context.new_page(), list[str]()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


def axe(page: Page) -> None:
    if AXE.exists():
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run()")
        assert [(wrong["id"], wrong["nodes"][0]["html"]) for wrong in found["violations"]] == []


def invitation(box: Box, panel: Page, lang: str = "en", button: str = "Pair a phone") -> str:
    """Touches the panel's button; returns what a phone reads off its glass."""
    panel.goto(f"{box.url}/panel?lang={lang}")
    panel.get_by_role("button", name=button).click()
    expect(panel.get_by_role("dialog", name=button)).to_be_visible()
    return read(Image.open(BytesIO(panel.screenshot())))


def may_touch(page: Page) -> None:
    expect(page.locator("main[data-phase=idle]")).to_be_visible()
    expect(page.locator("fieldset")).to_be_enabled()


@needs_reader
def test_a_phone_reads_the_panel_and_is_paired(box: Box, panel: Page, phone: Page) -> None:
    told = invitation(box, panel)
    code = box.code
    assert told == f"{box.url}/PAIR#{code}".replace(NAME, NAME.upper()).replace("https", "HTTPS")
    assert read(box.display()) == told
    asked = list[str]()
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(told)
    expect(phone).to_have_url(f"{box.url}/panel")
    may_touch(phone)
    assert not any(code in url for url in asked)
    assert code not in str(phone.evaluate("history.length && location.href"))
    expect(panel.get_by_role("dialog")).to_have_count(0)
    assert box.ask("/test/told") == {"noted": ["invited", "paired"], "screens": 2, "code": ""}
    phone.goto(told)
    expect(phone.get_by_role("alert")).to_have_text("The code is good no longer")
    assert code not in phone.url


@needs_reader
def test_a_button_of_the_room_shows_it_on_the_display(box: Box, phone: Page, panel: Page) -> None:
    panel.goto(f"{box.url}/panel")
    may_touch(panel)
    box.ask("/test/button", {})
    while not (told := read(box.display())):
        panel.wait_for_timeout(100)
    expect(panel.get_by_role("dialog")).to_have_count(0)  # nobody there has asked
    phone.goto(told)
    may_touch(phone)
    assert box.screens == 2


def test_the_screen_on_the_box_shows_what_a_button_asks_for(box: Box, browser: Browser) -> None:
    """There need be no display: the kiosk's browser opens the box's own address."""
    with opened(browser, TABLET) as context:
        secret = box.ask("/test/screen", {})["secret"]
        context.add_cookies([{"name": PANEL_COOKIE, "value": secret, "url": f"{box.address}/panel/", "secure": True}])
        kiosk = context.new_page()
        kiosk.goto(f"{box.address}/panel")
        may_touch(kiosk)
        box.ask("/test/button", {})
        expect(kiosk.get_by_role("dialog", name="Pair a phone")).to_be_visible()
        assert READER is None or read(Image.open(BytesIO(kiosk.screenshot()))).endswith(box.code)
        box.ask("/test/button", {})
        expect(kiosk.get_by_role("dialog")).to_have_count(0)


def test_without_a_camera_the_code_is_typed(box: Box, panel: Page, phone: Page) -> None:
    panel.goto(f"{box.url}/panel")
    panel.get_by_role("button", name="Pair a phone").click()
    expect(panel.get_by_role("dialog")).to_contain_text(f"or open {box.url}/pair there and type")
    code = box.code
    expect(panel.get_by_role("dialog")).to_contain_text(f"{code[:4]} {code[4:]}")
    phone.goto(f"{box.url}/pair")
    axe(phone)
    field, alert = phone.get_by_label("Code"), phone.get_by_role("alert")
    expect(field).to_be_focused()
    wrong = f"{(int(code) + 1) % 10**8:08}"
    for number in range(EACH.free):
        field.fill(f"{wrong[:4]} {wrong[4:]}")
        with phone.expect_response(lambda answer: answer.url.endswith("/code")):
            phone.get_by_role("button", name="Pair", exact=True).click()
        expect(alert).to_have_text("That is not the code")
        assert box.screens == 1, number
    field.fill(code)
    field.press("Enter")
    expect(alert).to_have_text("Too many codes; try again later")
    box.ask("/test/later", {"seconds": EACH.first})
    field.press("Enter")
    may_touch(phone)
    assert box.ask("/test/told")["noted"] == ["invited", "code_guessed", "paired"]


def test_a_code_is_good_for_two_minutes(box: Box, panel: Page, phone: Page) -> None:
    panel.goto(f"{box.url}/panel")
    panel.get_by_role("button", name="Pair a phone").click()
    expect(panel.get_by_role("timer")).to_contain_text("1:5")
    code = box.code
    box.ask("/test/later", {"seconds": GOOD_FOR})
    phone.goto(f"{box.url}/pair#{code}")
    expect(phone.get_by_role("alert")).to_have_text("The code is good no longer")
    expect(panel.get_by_role("dialog")).to_have_count(0)
    assert box.screens == 1


def test_cancel_ends_it_everywhere(box: Box, panel: Page) -> None:
    panel.goto(f"{box.url}/panel")
    panel.get_by_role("button", name="Pair a phone").click()
    expect(panel.get_by_role("button", name="Cancel")).to_be_focused()
    assert box.code
    panel.keyboard.press("Escape")
    expect(panel.get_by_role("dialog")).to_have_count(0)
    expect(panel.get_by_role("button", name="Pair a phone")).to_be_focused()
    while box.code:
        panel.wait_for_timeout(50)


@pytest.mark.parametrize("page", ["/panel", "/panel/door"])
def test_a_screen_that_may_not_look_is_paired_all_the_same(box: Box, phone: Page, page: str) -> None:
    box.ask("/test/closed", {})
    phone.goto(f"{box.url}{page}?inches=7")
    expect(phone).to_have_url(f"{box.url}/pair?to={quote(page, safe='')}%3Finches%3D7")
    axe(phone)
    phone.get_by_role("button", name="Show a code on the room's display").click()
    expect(phone.get_by_role("status")).to_have_text("The display shows a code for two minutes")
    phone.get_by_label("Code").fill(box.code)
    phone.keyboard.press("Enter")
    expect(phone).to_have_url(f"{box.url}{page}?inches=7")
    expect(phone.locator("main[data-state]")).to_be_visible()
    phone.reload()
    expect(phone.locator("main[data-state]")).to_be_visible()


def test_a_screen_that_may_look_no_longer_is_led_there(box: Box, phone: Page) -> None:
    phone.goto(f"{box.url}/panel")
    expect(phone.locator("main[data-phase=idle]")).to_be_visible()
    box.ask("/test/closed", {})
    phone.evaluate("dispatchEvent(new Event('offline'))")
    phone.context.set_offline(offline=True)
    expect(phone.locator("main[data-state=stale]")).to_be_visible()
    phone.context.set_offline(offline=False)
    expect(phone).to_have_url(f"{box.url}/pair?to=%2Fpanel")


def test_who_comes_from_another_site_need_not_pair_again(box: Box, panel: Page) -> None:
    """The cookie is not sent with a request that begins elsewhere; the page that answers asks once more, from here."""
    box.ask("/test/closed", {})
    link = f'<a href="{box.url}/panel">go</a>'
    panel.context.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body=link, content_type="text/html"))
    panel.goto(ELSEWHERE)
    panel.get_by_role("link").click()
    expect(panel).to_have_url(f"{box.url}/panel")
    may_touch(panel)


LANGUAGES: Final = (
    ("en", "Pair a phone", "Code"),
    ("ru", "Подключить телефон", "Код"),
    ("pl", "Sparuj telefon", "Kod"),
    ("es", "Vincular un móvil", "Código"),
)


@pytest.mark.parametrize(("lang", "button", "label"), LANGUAGES)
def test_in_each_language(box: Box, panel: Page, phone: Page, lang: str, button: str, label: str) -> None:
    told = invitation(box, panel, lang, button)
    assert READER is None or told.endswith(box.code)
    axe(panel)
    phone.goto(f"{box.url}/pair?lang={lang}")
    expect(phone.locator("html")).to_have_attribute("lang", lang)
    axe(phone)
    phone.get_by_label(label, exact=True).fill("1")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("alert")).not_to_be_empty()
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert phone.evaluate(overflow) == 0
    panel.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})  # a phone may invite another
    if READER is not None:
        assert read(Image.open(BytesIO(panel.screenshot()))) == told
    assert panel.evaluate(overflow) == 0


ASKS = """async (box) => {
  const asked = [];
  for (const type of ["application/json", "text/plain", "application/x-www-form-urlencoded"])
    for (const mode of ["cors", "no-cors"])
      for (const path of ["", "/code", "/offer", "/hide"])
        asked.push(fetch(box + "/panel/pairing" + path, {method: "POST", mode, credentials: "include",
          headers: {"Content-Type": type}, body: '{"code": "1"}'}).then((answer) => answer.type, () => "refused"));
  return [...new Set(await Promise.all(asked))].sort();
}"""


def test_a_page_of_another_site_can_do_nothing_with_a_paired_screen(box: Box, panel: Page) -> None:
    panel.goto(f"{box.url}/panel")
    may_touch(panel)
    frame = f'<iframe src="{box.url}/pair"></iframe>'
    panel.context.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body=frame, content_type="text/html"))
    statuses = set[int]()
    panel.on("response", lambda answer: statuses.add(answer.status) if "/panel/pairing" in answer.url else None)
    panel.goto(ELSEWHERE)
    assert panel.evaluate(ASKS, box.url) in (["refused"], ["opaque", "refused"])
    assert statuses <= {403, 415}
    assert all(not frame.query_selector("#code") for frame in panel.frames[1:])  # shown in no frame of others
    assert box.ask("/test/told") == {"noted": [], "screens": 1, "code": ""}


@pytest.mark.parametrize("name", ["panel-pair", "panel-pair-phone"])
def test_what_the_documentation_shows(box: Box, panel: Page, phone: Page, name: str) -> None:
    if name == "panel-pair":
        shown = panel
        assert READER is None or invitation(box, panel)
    else:
        shown = phone
        phone.goto(f"{box.url}/pair")
        expect(phone.get_by_label("Code")).to_be_focused()
    path = DOCS / f"{name}.png"
    if os.environ.get(REWRITE):
        shown.screenshot(path=path)
    with Image.open(path) as kept:
        assert kept.size == Image.open(BytesIO(shown.screenshot())).size
