"""A view as a picture."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec
from PIL import Image

from appliance.display.canvas import HEIGHT, MARGIN, WIDTH, Canvas
from appliance.display.fonts import BODY, HEAD
from appliance.display.pages import calls, idle, parts, password, request, trouble, volume
from appliance.display.pages.choice import Page, page_for
from appliance.display.view import View
from appliance.room.state import RoomState

SIZE = (WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN)

PAGES: Mapping[Page, Callable[[Canvas, View], None]] = MappingProxyType(
    {
        Page.HALTED: trouble.halted,
        Page.RINGING: calls.ringing,
        Page.NOTICE: calls.notice,
        Page.VOLUME: volume.volume,
        Page.STARTING: trouble.starting,
        Page.EVICTED: trouble.evicted,
        Page.REFUSED: trouble.refused,
        Page.NO_LINK: trouble.no_link,
        Page.REQUEST: request.request,
        Page.IN_CALL: calls.in_call,
        Page.WAITING_ROOM: calls.waiting_room,
        Page.CALLING: calls.calling,
        Page.CALL_ASKED: calls.asked,
        Page.WAITING: calls.waiting,
        Page.CLOSING: calls.closing,
        Page.PASSWORD: password.password,
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
    the order in which it is read, whole where the picture scrolls, and without what is secret.
    """

    image: Image.Image
    changes_in: float | None
    words: tuple[str, ...]


def compose(view: View, shift: tuple[int, int] = (0, 0)) -> Drawing:
    """The picture for `view` moved by `shift` (x, y, each -2 to 2 pixels), and how long it is right."""
    canvas = Canvas(view.elapsed, view.language)
    page = page_for(view.state, view.now)
    PAGES[page](canvas, view)
    _acknowledge(canvas, view, page)
    image = Image.new(view.geometry.mode, view.geometry.size)
    left, top = ((room - page) // 2 for room, page in zip(view.geometry.size, canvas.image.size, strict=True))
    image.paste(canvas.image, (left + shift[0], top + shift[1]))
    return Drawing(image, canvas.changes_in, tuple(canvas.words))


_SAYS_IT = frozenset({Page.HALTED, Page.NOTICE, Page.VOLUME, Page.CALL_ASKED})
_WITH_HEADER = frozenset(
    {
        Page.RINGING,
        Page.CALLING,
        Page.WAITING,
        Page.WAITING_ROOM,
        Page.CLOSING,
        Page.DIALLING,
        Page.PASSWORD,
        Page.REQUEST,
        Page.MEETING_SOON,
    }
)


def _acknowledge(canvas: Canvas, view: View, page: Page) -> None:
    """Shows on top of the page what a press has asked of the terminal; a caller's name stays in sight."""
    asked = view.state.asked
    if asked is None or view.now >= asked.until or page in _SAYS_IT:
        return
    parts.asked(canvas, asked, BODY.height + 1 if page in _WITH_HEADER else HEAD.height)
    canvas.words.insert(0, canvas.words.pop())  # it is on top
    canvas.again_in(asked.until - view.now)


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
