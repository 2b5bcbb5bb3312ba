import msgspec
import pytest
import trio

from appliance.language.text import verbatim
from appliance.panel.status import health_json, rows, status_app
from appliance.panel.words import LINKS, PHASES
from appliance.room.parts.call import CallEnd, Conversation, Ending, Muted, OnHold, PasswordEntry
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.parts.podium import Podium
from appliance.room.parts.requests import Request, Wish
from appliance.room.secret import Secret
from appliance.room.state import Phase, RoomState
from appliance.room.texts import call_over
from appliance.room.update import Update, UpdatePhase, said
from tests.panel.conftest import Serve
from tests.runtime.web.client import get

UP = Link(LinkPhase.UP)
TALKING = RoomState(
    link=UP,
    phase=Phase.IN_CALL,
    conversation=Conversation(peer=Person("anna@example.org", "Анна <b>"), since=10.0),
    mic_muted=True,
    volume=0.4,
    offline=frozenset({"speakerphone", "display"}),
)


async def test_page_says_what_is_known_and_no_more(serve: Serve) -> None:
    address = await serve(status_app(lambda: TALKING))
    answer = await get(address, "/")
    page = answer.body.decode()
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "The room is connected" in page
    assert "Анна &lt;b&gt;" in page
    for label, value in [
        ("Microphone", "Muted"),
        ("Camera", "–"),
        ("Volume", "40%"),
        ("Not working", "display, speakerphone"),
    ]:
        assert f'<th scope="row">{label}</th><td>{value}</td>' in page


def test_duration_is_told_in_hours_minutes_seconds() -> None:
    assert dict(rows(TALKING, 10.0 + 3_723.9))["For"] == "1:02:03"


def test_a_microphone_that_a_speakerphone_keeps_muted_says_by_which() -> None:
    locked = msgspec.structs.replace(TALKING, mute_locks=frozenset({"table"}))
    assert dict(rows(locked, 0.0))["Microphone"] == "Muted; kept muted by table"


def test_a_call_on_hold_says_so() -> None:
    quiet = msgspec.structs.replace(TALKING, audio_muted=True, video_muted=True, on_hold=OnHold())
    assert dict(rows(quiet, 0.0))["Room"] == "In a call, on hold"
    assert dict(rows(msgspec.structs.replace(quiet, mic_muted=False), 0.0))["Room"] == "In a call"


@pytest.mark.parametrize("ending", Ending)
def test_how_the_last_call_ended_is_said(ending: Ending) -> None:
    end = CallEnd(ending, 1.0, "Anna", verbatim("Anna is busy"))
    page = dict(rows(RoomState(link=UP, phase=Phase.CONNECTING, last_end=end), 0.0))
    assert page["Last call"] == str(call_over(end))
    assert dict(rows(TALKING, 0.0))["Last call"] == "–"


def test_what_the_room_is_asked_and_where_it_speaks_is_said() -> None:
    asked = msgspec.structs.replace(TALKING, requests=(Request(Wish.JOIN, Person("boris@example.org", "Boris")),))
    assert dict(rows(asked, 0.0))["Room"] == "Boris asks to join our conference"
    assert dict(rows(msgspec.structs.replace(TALKING, podium=Podium(speaks=True)), 0.0))["Room"] == (
        "In a call, on the podium"
    )


def test_what_the_owner_has_muted_is_said() -> None:
    muted = msgspec.structs.replace(TALKING, muted_by_owner=frozenset({Muted.MIC}), video_muted=True)
    found = dict(rows(muted, 0.0))
    assert (found["Microphone"], found["Camera"]) == ("Muted by the owner of the conference", "Muted")
    both = msgspec.structs.replace(muted, muted_by_owner=frozenset(Muted))
    assert dict(rows(both, 0.0))["Camera"] == "Muted by the owner of the conference"


def test_a_password_is_counted_and_never_shown() -> None:
    entry = PasswordEntry(Person("anna@example.org", "Anna"), Secret("7A93"))
    wanted = RoomState(link=UP, phase=Phase.IDLE, password=entry)
    assert dict(rows(wanted, 0.0))["Room"] == "Password for Anna: 4 characters entered"
    wrong = msgspec.structs.replace(wanted, password=msgspec.structs.replace(entry, entered=Secret("7"), wrong=True))
    assert dict(rows(wrong, 0.0))["Room"] == "The password was wrong. Password for Anna: 1 character entered"


async def test_the_state_says_how_long_a_password_is(serve: Serve) -> None:
    entry = PasswordEntry(Person("anna@example.org", "Anna"), Secret("7A93"))
    address = await serve(status_app(lambda: RoomState(link=UP, phase=Phase.IDLE, password=entry)))
    answer = await get(address, "/state")
    assert answer.json["password"]["entered"] == 4
    assert b"7A93" not in answer.body


def test_every_phase_and_link_has_words() -> None:
    assert set(PHASES) == set(Phase)
    assert set(LINKS) == set(LinkPhase)


async def test_state_is_the_whole_room(serve: Serve) -> None:
    address = await serve(status_app(lambda: TALKING))
    state = (await get(address, "/state")).json
    assert state["phase"] == "in_call"
    assert state["conversation"]["peer"] == {"peer_id": "anna@example.org", "name": "Анна <b>"}
    assert state["mic_muted"] is True
    assert state["audio_muted"] is None
    assert state["now"] == pytest.approx(trio.current_time(), abs=60)
    assert set(state) == {"now", *RoomState.__struct_encode_fields__}


async def test_health_follows_the_link(serve: Serve) -> None:
    current = [RoomState(link=Link(LinkPhase.REFUSED, verbatim("wrong PIN")), offline=frozenset({"display"}))]
    app = status_app(lambda: current[0], received=lambda: {"odd_values": 2}, reasons=lambda: {"display": "no bus"})
    address = await serve(app)
    answer = await get(address, "/health")
    assert (answer.status, answer.json) == (
        503,
        {
            "ok": False,
            "link": "refused",
            "reason": "wrong PIN",
            "offline": ["display"],
            "reasons": {"display": "no bus"},
            "received": {"odd_values": 2},
            "terminal_com_port": "",
            "warnings": [],
            "update": {"installed": "", "wanted": "", "phase": "idle", "failed": False, "result": ""},
            "configuration": {"refused": "", "mistakes": []},
        },
    )
    current[0] = RoomState(link=UP)
    answer = await get(address, "/health")
    assert (answer.status, answer.json["ok"]) == (200, True)


async def test_page_says_what_the_display_says(serve: Serve) -> None:
    address = await serve(status_app(lambda: TALKING, says=lambda: ("Анна <b>", "Microphone off")))
    page = (await get(address, "/")).body.decode()
    assert '<th scope="row">On the display</th><td>Анна &lt;b&gt; · Microphone off</td>' in page


async def test_page_says_nothing_of_a_display_that_says_nothing(serve: Serve) -> None:
    address = await serve(status_app(lambda: TALKING))
    assert "On the display" not in (await get(address, "/")).body.decode()


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (UpdatePhase.IDLE, "0.1.0"),
        (UpdatePhase.OFFERED, "0.1.0; 0.2.0 is available"),
        (UpdatePhase.INSTALLING, "0.1.0; 0.2.0 is being installed"),
        (UpdatePhase.RESTART, "0.1.0; 0.2.0 after the next restart"),
        (UpdatePhase.TRIAL, "0.1.0, on trial"),
    ],
)
def test_a_box_that_renews_itself_says_its_version(phase: UpdatePhase, words: str) -> None:
    state = msgspec.structs.replace(TALKING, update=Update("0.1.0", "0.2.0", phase))
    assert dict(rows(state, 0.0))["Version"] == words
    assert "Last update" not in dict(rows(state, 0.0))


def test_what_became_of_an_update_is_said_on_page_and_in_health() -> None:
    back = Update("0.1.0", failed=True, result=said(verbatim("it came back")))
    state = msgspec.structs.replace(TALKING, update=back)
    assert dict(rows(state, 0.0))["Last update"] == "it came back"
    assert health_json(state, {})["update"] == {
        "installed": "0.1.0",
        "wanted": "",
        "phase": "idle",
        "failed": True,
        "result": "it came back",
    }


def test_any_other_box_says_nothing_of_it() -> None:
    assert {"Version", "Last update"}.isdisjoint(dict(rows(TALKING, 0.0)))


async def test_a_configuration_that_was_not_taken_is_told_with_its_first_mistakes(serve: Serve) -> None:
    mistakes = [f"{n}: buttons.call.pin: is missing" for n in range(1, 13)]
    address = await serve(status_app(lambda: RoomState(link=UP), mistakes=lambda: mistakes))
    told = (await get(address, "/health")).json["configuration"]
    assert told == {"refused": "room.toml has 12 mistakes; the former one is in force", "mistakes": mistakes[:10]}
    page = (await get(address, "/")).body.decode()
    assert "room.toml has 12 mistakes; the former one is in force" in page
    assert mistakes[9] in page
    assert mistakes[10] not in page
