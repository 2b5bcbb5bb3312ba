"""Logging in as the maintainer does: a real browser, over HTTPS, and a page of another site that would like to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from appliance.access.limits import EACH
from appliance.access.sessions import IDLE
from tests.demo.browser import chromium
from tests.panel.secure_box import SecureBox, served_in_tls
from tests.panel.test_door_day import AXE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no failure

ELSEWHERE = "https://evil.example.com/"
OWN = "Correct-Horse 17"


class Box(SecureBox):
    """The box behind the page."""

    def password(self) -> str:
        return str(self.ask("/test/password", {})["password"])


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    with served_in_tls("tests.panel.login_server", tmp_path) as server:
        yield Box(server)


@pytest.fixture(scope="module")
def browsers() -> Iterator[BrowserContext]:
    with chromium() as browser:
        yield browser.new_context(ignore_https_errors=True)


@pytest.fixture
def page(box: Box, browsers: BrowserContext) -> Iterator[Page]:
    browsers.clear_cookies()
    one = browsers.new_page()
    complaints = list[str]()
    one.on("pageerror", lambda error: complaints.append(str(error)))
    yield one
    one.close()
    assert complaints == []


def axe(page: Page) -> None:
    if AXE.exists():
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run()")
        assert [(wrong["id"], wrong["nodes"][0]["html"]) for wrong in found["violations"]] == []


def log_in(page: Page, password: str) -> None:
    page.get_by_label("Password", exact=True).fill(password)  # not the fields of the page that is just left
    page.get_by_role("button", name="Log in").click()


def test_with_the_keyboard_in_and_out(box: Box, page: Page) -> None:
    page.goto(f"{box.address}/test/maintained")
    expect(page).to_have_url(f"{box.address}/login?to=%2Ftest%2Fmaintained")
    axe(page)
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    page.keyboard.type(box.password())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading")).to_have_text("The box")
    page.goto(f"{box.address}/login")
    expect(page.get_by_role("heading", name="You are logged in")).to_be_visible()
    axe(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Log out")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("You are logged out")
    assert box.ask("/test/told")["sessions"] == 0
    page.goto(f"{box.address}/test/maintained")
    expect(page.get_by_label("Password", exact=True)).to_be_visible()


def test_no_script_sees_the_cookie(box: Box, page: Page) -> None:
    page.goto(f"{box.address}/login?to=/test/maintained")
    log_in(page, box.password())
    expect(page.get_by_role("heading")).to_have_text("The box")
    assert page.evaluate("document.cookie") == ""
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["secure"], cookie["sameSite"], cookie["path"]) == (
        *("__Host-offhook", True, True, "Strict", "/"),
    )


def test_who_guesses_is_locked_out_and_the_display_says_so(box: Box, page: Page) -> None:
    page.goto(f"{box.address}/login?to=/test/maintained")
    alert = page.get_by_role("alert")
    log_in(page, "guess")
    expect(alert).to_have_text(
        "This box has no password yet. Hold the button that shows one, or run on the box: offhook access password"
    )
    password = box.password()
    for number in range(EACH.free):
        with page.expect_response(lambda answer: "/login" in answer.url):
            log_in(page, f"guess {number}")
        expect(alert).to_have_text("That is not the password")
    log_in(page, password)
    expect(alert).to_contain_text("Too many wrong passwords. Try again in 0:")
    told = box.ask("/test/told")
    assert told["compared"] == EACH.free
    assert told["shown"] == ["Somebody guesses the maintainer's password from 127.0.0.1"]
    box.ask("/test/later", {"seconds": EACH.first})
    log_in(page, password)
    expect(page.get_by_role("heading")).to_have_text("The box")


def test_who_does_nothing_is_logged_out(box: Box, page: Page) -> None:
    page.goto(f"{box.address}/login?to=/test/maintained")
    log_in(page, box.password())
    expect(page.get_by_role("heading")).to_have_text("The box")
    box.ask("/test/later", {"seconds": IDLE - 1})
    page.reload()
    expect(page.get_by_role("heading")).to_have_text("The box")
    box.ask("/test/later", {"seconds": IDLE + 1})
    page.reload()
    expect(page.get_by_label("Password", exact=True)).to_be_visible()


def test_the_password_is_changed(box: Box, page: Page) -> None:
    page.goto(f"{box.address}/login")
    first = box.password()
    log_in(page, first)
    now, new, again = (
        page.get_by_label(name, exact=True) for name in ("Password now", "New password", "New password again")
    )
    button = page.get_by_role("button", name="Change the password")
    for typed in ((first, OWN, "other"), (first, "short", "short"), ("wrong", OWN, OWN)):
        for field, text in zip((now, new, again), typed, strict=True):
            field.fill(text)
        button.click()
        says = {"other": "The two new ones are not the same", "short": "Choose another one", OWN: "That is not the"}
        expect(page.get_by_role("alert")).to_contain_text(says[typed[2]])
    now.fill(first)
    button.click()
    expect(page.get_by_role("status")).to_have_text("The password is changed. Everybody else is logged out")
    page.get_by_role("button", name="Log out").click()
    log_in(page, first)
    expect(page.get_by_role("alert")).to_have_text("That is not the password")
    log_in(page, OWN)
    expect(page.get_by_role("heading", name="You are logged in")).to_be_visible()


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "Password"), ("ru", "Пароль"), ("pl", "Hasło"), ("es", "Contraseña")]
)
def test_in_each_language_it_stays_in_that(box: Box, page: Page, lang: str, word: str) -> None:
    page.goto(f"{box.address}/login?lang={lang}")
    page.get_by_label(word, exact=True).fill(box.password())
    page.get_by_role("button").click()
    expect(page.locator("#out")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", lang)
    axe(page)
    page.locator("#out button").click()
    expect(page.get_by_label(word, exact=True)).to_be_visible()


ASKS = """async (box) => {
  const asked = [];
  for (const type of ["application/json", "text/plain", "application/x-www-form-urlencoded"])
    for (const mode of ["cors", "no-cors"])
      for (const path of ["/login/out", "/login/password", "/login"])
        asked.push(fetch(box + path, {method: "POST", mode, credentials: "include", headers: {"Content-Type": type},
          body: '{"password": "guess"}'}).then((answer) => answer.type, () => "refused"));
  asked.push(fetch(box + "/test/maintained", {credentials: "include"}).then(() => "read", () => "refused"));
  return [...new Set(await Promise.all(asked))].sort();
}"""


def test_a_page_of_another_site_can_do_nothing_with_the_session(box: Box, page: Page) -> None:
    page.goto(f"{box.address}/login?to=/test/maintained")
    log_in(page, box.password())
    expect(page.get_by_role("heading")).to_have_text("The box")
    compared = box.ask("/test/told")["compared"]
    page.context.route(
        f"{ELSEWHERE}**", lambda route: route.fulfill(body="<title>evil</title>", content_type="text/html")
    )
    page.goto(ELSEWHERE)
    statuses = set[int]()
    page.on("response", lambda answer: statuses.add(answer.status) if answer.url.startswith(box.address) else None)
    assert page.evaluate(ASKS, box.address) == ["refused"]
    page.evaluate(
        """(box) => { const form = document.createElement("form"); form.method = "post"; form.enctype = "text/plain";
        form.action = box + "/login/out"; document.body.append(form); form.submit(); }""",
        box.address,
    )
    page.wait_for_url(f"{box.address}/login/out")
    assert statuses == {403}
    assert box.ask("/test/told") == {"shown": [], "compared": compared, "sessions": 1}
    page.goto(f"{box.address}/test/maintained")
    expect(page.get_by_role("heading")).to_have_text("The box")
