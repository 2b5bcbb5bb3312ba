"""Fingers on the buttons of the panel: what of them the room hears."""

from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from appliance.language.catalogue import ENGLISH
from appliance.panel.live.heard import Hears, Page, heard
from appliance.panel.live.presses import LONGEST, Fingers, Pressing, Releasing
from appliance.room.bindings.bindings import button_source
from appliance.room.inputs import Input, Pressed, Released, SourceGone

LIGHTS, BLINDS = "panel.buttons.lights", "panel.buttons.blinds"


class Panel:
    """A panel with two buttons, and what the room has heard of them."""

    def __init__(self) -> None:
        self.now = 100.0
        self.heard: list[Input] = []
        self.there = {"lights", "blinds"}
        fingers = Fingers(lambda: self.there, self.heard.append, lambda: self.now)
        self.kinds: dict[str, Hears] = {"press": Pressing(fingers), "release": Releasing(fingers)}

    def says(self, page: Page, **said: object) -> Mapping[str, object] | None:
        """Has a page say something; returns what it is answered."""
        return heard(self.kinds, page, msgspec.json.encode({"id": 7, "seen": round(self.now * 1000)} | said))

    def leaves(self, page: Page) -> None:
        """Closes a page."""
        for kind in self.kinds.values():
            kind.left(page)


@pytest.fixture
def panel() -> Panel:
    return Panel()


@pytest.fixture
def page() -> Page:
    return Page(ENGLISH.say, may_touch=True)


def test_a_finger_comes_down_and_goes_up(panel: Panel, page: Page) -> None:
    assert panel.says(page, press="lights") == {"did": 7, "why": ""}
    assert panel.heard == [Pressed(LIGHTS)]
    assert panel.says(page, release="lights") == {"did": 7, "why": ""}
    assert panel.heard == [Pressed(LIGHTS), Released(LIGHTS)]


def test_a_finger_that_slides_off_does_nothing_more(panel: Panel, page: Page) -> None:
    panel.says(page, press="lights")
    panel.says(page, release="lights", meant=False)
    panel.says(page, release="lights")
    assert panel.heard == [Pressed(LIGHTS), SourceGone(button_source(LIGHTS))]


def test_a_page_that_is_gone_lets_go_of_what_it_held(panel: Panel, page: Page) -> None:
    panel.says(page, press="lights")
    panel.says(page, press="blinds")
    panel.leaves(page)
    panel.leaves(page)
    assert panel.heard[2:] == [SourceGone(button_source(LIGHTS)), SourceGone(button_source(BLINDS))]


def test_a_button_is_down_on_one_page_at_a_time(panel: Panel, page: Page) -> None:
    other = Page(ENGLISH.say, may_touch=True)
    panel.says(page, press="lights")
    assert panel.says(other, press="lights") == {"did": 7, "why": "Somebody is pressing this on another screen"}
    panel.says(other, release="lights")
    panel.leaves(other)
    assert panel.heard == [Pressed(LIGHTS)]
    panel.says(page, release="lights")
    assert panel.says(other, press="lights") == {"did": 7, "why": ""}


def test_a_page_that_forgets_to_let_go_keeps_nobody_away_for_ever(panel: Panel, page: Page) -> None:
    panel.says(page, press="lights")
    panel.now += LONGEST
    assert panel.says(Page(ENGLISH.say, may_touch=True), press="lights") == {"did": 7, "why": ""}
    assert panel.heard == [Pressed(LIGHTS), SourceGone(button_source(LIGHTS)), Pressed(LIGHTS)]


def test_what_is_there_no_longer_can_only_be_let_go(panel: Panel, page: Page) -> None:
    panel.says(page, press="lights")
    panel.there = {"blinds"}
    panel.says(page, release="lights")
    assert panel.says(page, press="lights") == {"did": 7, "why": "The room has no such button now"}
    assert panel.heard == [Pressed(LIGHTS), Released(LIGHTS)]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"press": "lightz"}, "The room has no such button now"),
        ({"press": "hang_up"}, "The room has no such button now"),
        ({"press": "lights", "seen": 90_000}, "The screen was behind; try again"),
        ({"press": "lights", "seen": 110_000}, "The screen was behind; try again"),
    ],
)
def test_what_is_not_taken(panel: Panel, page: Page, said: dict[str, object], why: str) -> None:
    assert panel.says(page, **said) == {"did": 7, "why": why}
    assert panel.heard == []


def test_a_screen_that_only_looks_presses_nothing(panel: Panel) -> None:
    page = Page(ENGLISH.say, may_touch=False)
    assert panel.says(page, press="lights") == {"did": 7, "why": "This screen only shows the room"}
    assert panel.heard == []


@pytest.mark.parametrize("said", [{"press": 4}, {"press": None}, {"release": []}])
def test_what_makes_no_sense_ends_the_conversation(panel: Panel, page: Page, said: dict[str, object]) -> None:
    with pytest.raises(msgspec.MsgspecError):
        panel.says(page, **said)


class WhateverPagesSay(RuleBasedStateMachine):
    """To the room, presses and releases of a button take turns, and nothing is down that no open page holds."""

    def __init__(self) -> None:
        super().__init__()
        self.panel = Panel()
        self.pages = [Page(ENGLISH.say, may_touch=touch) for touch in (True, True, False)]
        self.open = [True] * 3

    @rule(n=st.integers(0, 2), name=st.sampled_from(["lights", "blinds", "other"]), seen=st.integers(-5, 5))
    def press(self, n: int, name: str, seen: int) -> None:
        self.panel.says(self.pages[n], press=name, seen=round((self.panel.now + seen) * 1000))

    @rule(n=st.integers(0, 2), name=st.sampled_from(["lights", "blinds", "other"]), meant=st.booleans())
    def release(self, n: int, name: str, meant: bool) -> None:
        self.panel.says(self.pages[n], release=name, meant=meant)

    @rule(n=st.integers(0, 2))
    def leave(self, n: int) -> None:
        self.panel.leaves(self.pages[n])
        self.pages[n] = Page(ENGLISH.say, may_touch=n < 2)

    @rule(seconds=st.floats(0, 100))
    def wait(self, seconds: float) -> None:
        self.panel.now += seconds

    @invariant()
    def they_take_turns(self) -> None:
        for name in (LIGHTS, BLINDS):
            downs = [
                isinstance(each, Pressed)
                for each in self.panel.heard
                if each in (Pressed(name), Released(name), SourceGone(button_source(name)))
            ]
            assert downs == [nth % 2 == 0 for nth in range(len(downs))]

    def teardown(self) -> None:
        for page in self.pages:
            self.panel.leaves(page)
        ends = sum(not isinstance(each, Pressed) for each in self.panel.heard)
        assert 2 * ends == len(self.panel.heard)


TestWhateverPagesSay = WhateverPagesSay.TestCase
