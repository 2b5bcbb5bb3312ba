"""A view as a picture and in words."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec
from PIL import Image

from appliance.display.canvas import Canvas
from appliance.display.geometry import USUAL, Geometry
from appliance.display.layout.draft import Draft
from appliance.display.layout.page import lay_out
from appliance.display.pages import calls, idle, in_call, locked, pairing, password, request, trouble, volume
from appliance.display.pages.choice import Page, page_for
from appliance.display.pages.parts import header
from appliance.display.scale import scale
from appliance.display.sheet import Head, Number, Sheet
from appliance.display.view import View
from appliance.display.watch import Watch
from appliance.display.words import words
from appliance.language.catalogue import ENGLISH, Language
from appliance.room.state import RoomState

PAGES: Mapping[Page, Callable[[View, Watch], Sheet]] = MappingProxyType(
    {
        Page.HALTED: trouble.halted,
        Page.RINGING: calls.ringing,
        Page.NEW_PASSWORD: pairing.new_password,
        Page.PHONE: pairing.phone,
        Page.NOTICE: calls.notice,
        Page.VOLUME: volume.volume,
        Page.STARTING: trouble.starting,
        Page.EVICTED: trouble.evicted,
        Page.REFUSED: trouble.refused,
        Page.NO_LINK: trouble.no_link,
        Page.REQUEST: request.request,
        Page.IN_CALL: in_call.in_call,
        Page.WAITING_ROOM: calls.waiting_room,
        Page.CALLING: calls.calling,
        Page.CALL_ASKED: calls.asked,
        Page.WAITING: calls.waiting,
        Page.CLOSING: calls.closing,
        Page.PAIRING: pairing.pairing,
        Page.PASSWORD: password.password,
        Page.LOCK_PIN: locked.lock_pin,
        Page.DIALLING: idle.dialling,
        Page.MEETING_SOON: idle.meeting_soon,
        Page.IDLE: idle.idle,
        Page.OFFLINE: trouble.offline,
        Page.CONNECTING: trouble.connecting,
        Page.LOGIN_NEEDED: trouble.login_needed,
        Page.UNKNOWN: trouble.unknown,
    }
)


class Drawing(msgspec.Struct, frozen=True):
    """A picture as the view's geometry asks for it, and in words.

    `changes_in`: seconds for which it is right if nothing happens (None: for good). `words`: all that the page says, in
    the order in which it is read, whole where the picture scrolls, and without what is secret. `secret`: it is in
    the picture.
    """

    image: Image.Image
    changes_in: float | None
    words: tuple[str, ...]
    secret: bool = False


def compose(view: View, shift: tuple[int, int] = (0, 0)) -> Drawing:
    """The picture for `view` moved by `shift` (x, y, each -2 to 2 pixels), and how long it is right."""
    watch = Watch(view.elapsed)
    page = page_for(view.state, view.now)
    sheet = PAGES[page](view, watch)
    said = words(_acknowledged(sheet, view, watch, page, sheet.heads), view.language)
    shown = _acknowledged(sheet, view, watch, page, ())
    image = printed(shown, watch, view.geometry, view.language, shift)
    secret = isinstance(shown.main, Number) and shown.main.secret
    return Drawing(image, watch.changes_in, said, secret)


def printed(
    sheet: Sheet,
    watch: Watch,
    panel: Geometry = USUAL,
    language: Language = ENGLISH,
    shift: tuple[int, int] = (0, 0),
) -> Image.Image:
    """A sheet on a panel, moved by `shift` as far as the panel's margins go."""
    sizes = scale(panel)
    inside = panel.width - 2 * sizes.margin[0], panel.height - 2 * sizes.margin[1]
    canvas = Canvas(inside, panel.mode, language, watch)
    lay_out(Draft(canvas, sizes, watch), sheet)
    image = Image.new(panel.mode, panel.size)
    x, y = (edge + max(-edge, min(edge, by)) for edge, by in zip(sizes.margin, shift, strict=True))
    image.paste(canvas.image, (x, y))
    return image


_SAYS_IT = frozenset({Page.HALTED, Page.NOTICE, Page.VOLUME, Page.CALL_ASKED})


def _acknowledged(sheet: Sheet, view: View, watch: Watch, page: Page, covered: tuple[Head, ...]) -> Sheet:
    """The page with what a press has asked of the terminal in place of what is going on; a caller stays in sight."""
    asked = view.state.asked
    if asked is None or view.now >= asked.until or page in _SAYS_IT:
        return sheet
    watch.again_in(asked.until - view.now)
    return msgspec.structs.replace(sheet, heads=(header(asked.text), *covered))


def draw(view: View, shift: tuple[int, int] = (0, 0)) -> Image.Image:
    """The picture alone; see `compose`."""
    return compose(view, shift).image


def shown_since(state: RoomState, now: float, before: View | None) -> float:
    """When (monotonic seconds) that came up which `state` shows at `now`, if `before` was drawn last."""
    if before is None or _subject(before.state, before.now) != _subject(state, now):
        return now
    return before.shown_since


def _subject(state: RoomState, now: float) -> tuple[object, ...]:
    asked = tuple((each.wish, each.who) for each in state.requests)
    called = state.conversation, state.call_waiting
    wrong = state.link, state.offline, state.address_until
    return page_for(state, now), *called, asked, state.camera_wanted, state.notice, state.asked, *wrong
