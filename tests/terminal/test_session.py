import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest
import trio
import trio.testing
from structlog.testing import capture_logs
from trio.testing import MockClock
from wsproto.events import TextMessage

from appliance.terminal import connection, replies, session
from appliance.terminal.errors import Busy, Evicted, LinkLost, Refused, Timeout, UnexpectedReply
from appliance.terminal.messages import AnyEvent, Untyped
from appliance.terminal.messages.calls import AppStateReply, Call, GetAppState, HangUp
from appliance.terminal.messages.devices import GetMicMute, MicMuted, MuteReply, PtzStop
from appliance.terminal.messages.enums import AppState
from appliance.terminal.messages.people import AddressBookReply, GetAddressBook
from appliance.terminal.session import Session, open_session
from tests.terminal.scripted import HOST, ScriptedTerminal, serve_tcp_locally
from tests.virtual_time import passes

LARGE = Untyped("x", {"text": "x" * 900_000})


@asynccontextmanager
async def connected(terminal: ScriptedTerminal) -> AsyncIterator[tuple[Session, list[AnyEvent]]]:
    events: list[AnyEvent] = []
    async with open_session(HOST, terminal.ws_port, lambda event, _frame: events.append(event)) as session:
        session.release()
        yield session, events


async def test_a_request_brings_its_typed_reply(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with connected(terminal) as (session, _):
        reply = await session.request(GetAppState())
        assert reply == AppStateReply(result=True, request_id="1", app_state=AppState(3), embedded_http_port=8766)
        assert terminal.received == [{"method": "getAppState", "requestId": "1"}]


async def test_replies_out_of_order_find_their_requests(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["getMicMute"] = None
    async with connected(terminal) as (session, _):
        first, second = await session.post(GetMicMute()), await session.post(GetMicMute())
        await terminal.until_received("getMicMute", 2)
        await terminal.reply(terminal.received[1], mute=True)
        await terminal.reply(terminal.received[0], mute=False)
        assert await first.wait_as(MuteReply) == MuteReply(result=True, request_id="1", mute=False)
        assert await second.wait_as(MuteReply) == MuteReply(result=True, request_id="2", mute=True)


@pytest.mark.parametrize("absent", [True, False])
async def test_without_echo_replies_belong_by_method_in_order(
    clock: MockClock, terminal: ScriptedTerminal, absent: bool
) -> None:
    terminal.answers = {"getMicMute": None, "hangUp": None}
    async with connected(terminal) as (session, _):
        pending = [await session.post(command) for command in (GetMicMute(), HangUp(), GetMicMute())]
        await terminal.until_received("getMicMute", 2)
        echo = {} if absent else {"requestId": ""}
        for reply in (
            {"method": "hangUp"},
            {"method": "GETMICMUTE", "mute": True},
            {"method": "getMicMute", "mute": False},
        ):
            await terminal.send({**reply, **echo, "result": True})
        assert (await pending[1].wait()).result
        assert (await pending[0].wait_as(MuteReply)).mute is True
        assert (await pending[2].wait_as(MuteReply)).mute is False


async def test_a_refusal_says_what_and_why(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["call"] = {"result": False, "error": "not logged in"}
    async with connected(terminal) as (session, _):
        with pytest.raises(Refused, match=r"the terminal refused call: not logged in") as caught:
            await session.request(Call(peer_id="ann"))
        assert (caught.value.method, caught.value.text) == ("call", "not logged in")


async def test_a_reply_that_cannot_be_read_names_the_field(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["getAppState"] = {"appState": "?"}
    async with connected(terminal) as (session, _):
        with pytest.raises(UnexpectedReply, match="reply to getAppState: AppStateReply: `appState`"):
            await session.request(GetAppState())


async def test_no_reply_in_time_is_a_timeout_and_the_late_reply_is_counted(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    terminal.answers["getMicMute"] = None
    async with connected(terminal) as (session, events):
        before = trio.current_time()
        with pytest.raises(Timeout, match="no reply to getMicMute within 5 s"):
            await session.request(GetMicMute())
        assert trio.current_time() - before == pytest.approx(5, abs=0.5)
        with capture_logs() as logs:
            await terminal.reply(terminal.received[0], mute=True)
            await settle(terminal, events)
        assert [entry["event"] for entry in logs] == ["late_reply"]
        assert session.counters.odd_replies == 1


class TestBehindALongMessage:
    """No reply can come before the end of a message that is on its way."""

    async def test_a_reply_that_nobody_waits_for_yet_has_its_whole_time_all_the_same(
        self, clock: MockClock, terminal: ScriptedTerminal
    ) -> None:
        terminal.answers["getMicMute"] = None
        async with connected(terminal) as (session, events), trio.open_nursery() as nursery:
            pending = await session.post(GetMicMute())
            request = await terminal.until_received("getMicMute")
            await in_parts(terminal, 60)
            await settle(terminal, events)
            nursery.start_soon(replies_after, 4, terminal, request)
            assert (await pending.wait_as(MuteReply)).mute

    async def test_who_waits_meanwhile_has_it_too(self, clock: MockClock, terminal: ScriptedTerminal) -> None:
        terminal.answers["getMicMute"] = None
        async with connected(terminal) as (session, _), trio.open_nursery() as nursery:
            pending = await session.post(GetMicMute())
            request = await terminal.until_received("getMicMute")

            async def says() -> None:
                await in_parts(terminal, 60)
                await replies_after(4.5, terminal, request)

            nursery.start_soon(says)
            assert (await pending.wait_as(MuteReply)).mute

    async def test_but_no_more_than_that(self, clock: MockClock, terminal: ScriptedTerminal) -> None:
        terminal.answers["getMicMute"] = None
        async with connected(terminal) as (session, events):
            pending = await session.post(GetMicMute())
            await terminal.until_received("getMicMute")
            await in_parts(terminal, 60)
            await settle(terminal, events)
            ended = trio.current_time()
            with pytest.raises(Timeout, match="within 5 s"):
                await pending.wait()
            assert trio.current_time() - ended == pytest.approx(5, abs=0.5)
            assert session.lost is None

    async def test_and_not_for_ever(self, clock: MockClock, terminal: ScriptedTerminal) -> None:
        terminal.answers["getMicMute"] = None
        async with connected(terminal) as (session, _), trio.open_nursery() as nursery:
            nursery.start_soon(in_parts, terminal, 10_000)
            before = trio.current_time()
            with pytest.raises(Timeout):
                await session.request(GetMicMute())
            assert trio.current_time() - before == pytest.approx(replies.MOST_WAITED, abs=5)
            nursery.cancel_scope.cancel()

    async def test_whole_messages_put_nothing_off(self, clock: MockClock, terminal: ScriptedTerminal) -> None:
        terminal.answers["getMicMute"] = None
        async with connected(terminal) as (session, _), trio.open_nursery() as nursery:

            async def talks() -> None:
                while True:
                    await terminal.tell("audioCapturerMute", mute=True)
                    await passes(0.3)

            nursery.start_soon(talks)
            before = trio.current_time()
            with pytest.raises(Timeout):
                await session.request(GetMicMute())
            assert trio.current_time() - before == pytest.approx(5, abs=0.5)
            nursery.cancel_scope.cancel()


async def in_parts(terminal: ScriptedTerminal, seconds: float) -> None:
    """Sends one message that takes so long, with a part of it every four seconds."""
    await part_of_a_message(terminal, '{"event":"news","text":"', last=False)
    for _ in range(int(seconds / 4)):
        await passes(4)
        await part_of_a_message(terminal, "x", last=False)
    await part_of_a_message(terminal, '"}', last=True)


async def part_of_a_message(terminal: ScriptedTerminal, text: str, *, last: bool) -> None:
    await terminal.connections[-1]._send(TextMessage(data=text, message_finished=last))


async def replies_after(seconds: float, terminal: ScriptedTerminal, request: dict[str, Any]) -> None:
    await passes(seconds)
    await terminal.reply(request, mute=True)


@contextmanager
def ends_with(kind: type[Exception], match: str | None = None) -> Iterator[pytest.ExceptionInfo[Exception]]:
    """What comes out of a session's whole life."""
    with pytest.raises(kind, match=match) as caught:
        yield caught


async def open_and_stay(port: int) -> None:
    async with open_session(HOST, port, lambda _event, _frame: None) as session:
        await session.stay()


async def silence(_stream: trio.SocketStream) -> None:
    await trio.sleep_forever()


async def settle(terminal: ScriptedTerminal, events: list[AnyEvent]) -> None:
    """Everything that the terminal sent before has been taken once this event is."""
    already = len(events)
    await terminal.tell("audioCapturerMute", mute=True)
    with trio.fail_after(100):
        while len(events) == already:
            await trio.lowlevel.checkpoint()


async def test_a_late_reply_without_id_is_not_taken_for_the_next_one(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    terminal.echo_ids = False
    terminal.answers["getMicMute"] = None
    async with connected(terminal) as (session, _):
        with pytest.raises(Timeout):
            await session.request(GetMicMute())
        pending = await session.post(GetMicMute())
        await terminal.until_received("getMicMute", 2)
        await terminal.reply(terminal.received[0], mute=True)  # late
        await terminal.reply(terminal.received[1], mute=False)
        assert (await pending.wait_as(MuteReply)).mute is False


async def test_a_request_that_is_never_answered_costs_one_later_request_at_most(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    terminal.echo_ids = False
    swallowed = itertools.chain([None], itertools.repeat({"mute": True}))
    terminal.answers["getMicMute"] = lambda _request: next(swallowed)
    async with connected(terminal) as (session, _):
        for _ in range(2):
            with pytest.raises(Timeout):
                await session.request(GetMicMute())
        for _ in range(3):
            assert (await (await session.post(GetMicMute())).wait_as(MuteReply)).mute is True


async def test_replies_to_nothing_and_second_replies_are_logged_once_and_counted(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with connected(terminal) as (session, events):
        await session.request(GetMicMute())
        with capture_logs() as logs:
            for _ in range(3):
                await terminal.reply(terminal.received[0], mute=False)
                await terminal.send({"method": "call", "result": True})
                await terminal.send({"method": "call", "requestId": "x-9", "result": True})
            await settle(terminal, events)
        assert sorted(entry["event"] for entry in logs) == ["second_reply", "stray_reply"]
        assert session.counters.odd_replies == 9
        assert (await session.request(GetAppState())).result


async def test_garbage_is_logged_once_a_kind_and_counted_and_the_session_goes_on(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with connected(terminal) as (session, events):
        with capture_logs() as logs:
            for _ in range(2):
                for frame in ("{", "[]", '{"event":"login"}', b"\x00\xff", '{"event":"x","y":"\\ud800"}'):
                    await terminal.send(frame)
            await settle(terminal, events)
        assert session.counters.garbage == 10
        assert {entry["event"] for entry in logs} == {"garbage_frame"}
        assert len(logs) == 3  # unreadable, login without result, binary
        assert (await session.request(GetAppState())).result


async def test_what_cannot_be_read_in_a_message_is_counted_and_each_kind_of_it_logged_once(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    nameless = {"peerId": "b@x", "peerDn": None}
    terminal.answers["getAbook"] = {"abook": [nameless, {"peerDn": "nobody"}]}
    async with connected(terminal) as (session, events):
        with capture_logs() as logs:
            for _ in range(2):
                await terminal.tell("abReceivedAfterLogin", abook=[nameless, nameless])
            await settle(terminal, events)
            book = await session.request(GetAddressBook())
        assert isinstance(book, AddressBookReply)
        assert [contact.peer_id for contact in book.contacts] == ["b@x"]
        assert session.counters.odd_values == 6
        assert session.counters.garbage == 0
        assert [(entry["event"], entry["where"]) for entry in logs] == [
            ("odd_value", "AddressBookReceived.abook.peerDn"),
            ("odd_value", "AddressBookReply.abook.peerDn"),
            ("odd_value", "AddressBookReply.abook"),
        ]


async def test_a_frame_of_16_mib_costs_nothing_but_itself(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with connected(terminal) as (session, events):
        await terminal.tell("news", text="x" * 16 * 2**20)
        await settle(terminal, events)
        assert session.counters.garbage == 1
        assert (await session.request(GetAppState())).result


async def test_a_frame_beyond_the_limit_ends_the_session(
    clock: MockClock, terminal: ScriptedTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "LARGEST_MESSAGE", 1000)
    with ends_with(LinkLost, "the terminal sent a frame that is too long"):
        async with connected(terminal) as (session, _):
            await terminal.tell("news", text="x" * 1000)
            await session.stay()


async def test_events_come_in_order_and_names_may_differ_in_case(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with connected(terminal) as (_, events):
        for number in range(100):
            await terminal.tell("AUDIOCAPTURERMUTE", mute=number % 3 == 0)
        await settle(terminal, events)
        assert events[:100] == [MicMuted(mute=number % 3 == 0) for number in range(100)]


async def test_events_are_held_until_released_and_too_many_end_the_session(
    clock: MockClock, terminal: ScriptedTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "MOST_HELD", 3)
    events: list[AnyEvent] = []
    with capture_logs() as logs, ends_with(LinkLost, "more than 3 events"):
        async with open_session(HOST, terminal.ws_port, lambda event, _frame: events.append(event)) as held:
            await held.request(GetAppState())
            for _ in range(4):
                await terminal.tell("audioCapturerMute", mute=True)
            await held.stay()
    assert events == []
    assert [(entry["event"], entry["log_level"]) for entry in logs] == [("too_many_events", "error")]


async def test_what_waits_for_a_reply_hears_that_the_connection_broke(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    terminal.answers["call"] = None
    with ends_with(LinkLost, "the connection broke"):
        async with connected(terminal) as (session, _):
            pending = await session.post(Call(peer_id="ann"))
            await terminal.until_received("call")
            await terminal.drop()
            await pending.wait()


@pytest.mark.parametrize("junk", [b"\x81\x02\xff\xff", b"\xff\xff\xff\xff", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
async def test_what_is_no_websocket_any_more_ends_the_session(
    clock: MockClock, terminal: ScriptedTerminal, junk: bytes
) -> None:
    with ends_with(LinkLost, "the connection broke|the terminal closed the connection"):
        async with connected(terminal) as (session, _):
            await session.request(GetAppState())
            await terminal.connections[-1]._stream.send_all(junk)
            await session.stay()
    with pytest.raises(LinkLost):
        await session.post(GetAppState())


async def test_a_terminal_that_hangs_up_during_the_handshake_is_given_up(clock: MockClock) -> None:
    async def hang_up(stream: trio.SocketStream) -> None:
        await stream.receive_some()

    async with trio.open_nursery() as nursery:
        listeners = await nursery.start(serve_tcp_locally, hang_up)
        with pytest.raises(LinkLost, match="no answer"):
            await open_and_stay(listeners[0].socket.getsockname()[1])
        nursery.cancel_scope.cancel()


async def test_a_terminal_that_closes_ends_the_session(clock: MockClock, terminal: ScriptedTerminal) -> None:
    with ends_with(LinkLost, "the terminal closed the connection"):
        async with connected(terminal) as (session, _):
            await session.request(GetAppState())
            await terminal.connections[-1].aclose()
            await session.stay()
    with pytest.raises(LinkLost):
        await session.post(GetAppState())


class TestCancelled:
    """Whoever waits for a socket that takes nothing for the moment, and gives up."""

    async def test_who_waits_behind_another_costs_only_itself(
        self, clock: MockClock, terminal: ScriptedTerminal
    ) -> None:
        async with connected(terminal) as (session, _), trio.open_nursery() as nursery:
            await fill(session, terminal)
            nursery.start_soon(session.until_writable)
            await trio.testing.wait_all_tasks_blocked()
            with trio.move_on_after(1) as gave_up:
                await session.post(GetMicMute())
            assert gave_up.cancelled_caught
            assert session.lost is None
            terminal.resume()
            assert (await session.request(GetAppState())).result
            assert "getMicMute" not in terminal.methods()

    async def test_what_is_sent_in_part_is_sent_on_by_who_waits_behind_it(
        self, clock: MockClock, terminal: ScriptedTerminal
    ) -> None:
        async with connected(terminal) as (session, _), trio.open_nursery() as nursery:
            await fill(session, terminal)
            with trio.move_on_after(1):
                nursery.start_soon(session.request, GetAppState())
                await session.until_writable()
            assert session.lost is None
            terminal.resume()
            await terminal.until_received("getAppState")
        assert {len(request["text"]) for request in terminal.requests("x")} == {len(LARGE.parameters["text"])}

    async def test_in_the_middle_of_a_frame_ends_the_session_where_nobody_is_left_to_send_the_rest(
        self, clock: MockClock, terminal: ScriptedTerminal
    ) -> None:
        with ends_with(LinkLost, "a command was cut off"):
            async with connected(terminal) as (session, _):
                await fill(session, terminal)
                with trio.move_on_after(1):
                    await session.until_writable()
                await session.stay()


async def fill(session: Session, terminal: ScriptedTerminal) -> None:
    """Sends as much as the socket takes, and a part of a frame."""
    await session.request(GetAppState())
    terminal.received.clear()
    terminal.pause()
    for _ in range(20):  # what is sent in the same step waits behind the rest
        session.post_now(LARGE)
    assert not session.writable


async def test_losing_the_authorisation_ends_the_session_and_nothing_comes_after(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    with ends_with(Evicted, "TAKEN_OVER"):
        async with connected(terminal) as (session, events):
            await session.request(GetAppState())
            await terminal.tell("authorizationNeeded", cause=1)
            await terminal.tell("audioCapturerMute", mute=True)
            await session.stay()
    assert len(events) == 1


async def test_too_many_requests_at_once_are_refused_and_unclaimed_replies_make_room(
    clock: MockClock,
    terminal: ScriptedTerminal,
) -> None:
    terminal.answers["ptzStop"] = None
    async with connected(terminal) as (session, _):
        for _ in range(64):
            await session.post(PtzStop())
        with pytest.raises(Busy, match="64 requests wait for their reply; ptzStop was not sent"):
            await session.post(PtzStop())
        await passes(6)  # nobody came for those replies
        assert (await session.request(Untyped("x"))).result


async def test_nobody_there_is_said_in_plain_words(clock: MockClock, terminal: ScriptedTerminal) -> None:
    with trio.socket.socket() as unused:
        await unused.bind((HOST, 0))
        port = unused.getsockname()[1]
        with pytest.raises(LinkLost, match=f"^127.0.0.1:{port}: connection refused$"):
            await open_and_stay(port)


async def test_a_web_server_is_not_a_terminal(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.status = "404 Not Found"
    with pytest.raises(LinkLost, match=r"no WebSocket there \(HTTP status 404\)"):
        await open_and_stay(terminal.web_port)


async def test_a_port_that_never_answers_is_given_up(clock: MockClock) -> None:
    async with trio.open_nursery() as nursery:
        listeners = await nursery.start(trio.serve_tcp, silence, 0)
        port = listeners[0].socket.getsockname()[1]
        before = trio.current_time()
        with pytest.raises(LinkLost, match="no answer"):
            await open_and_stay(port)
        assert trio.current_time() - before == pytest.approx(5, abs=0.5)
        nursery.cancel_scope.cancel()


async def test_closing_is_bounded_when_the_terminal_does_not_play_along(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with connected(terminal) as (session, _):
        await session.request(GetAppState())
        terminal.stop_reading()
        before = trio.current_time()
    assert trio.current_time() - before <= 0.6


async def test_an_error_of_the_body_comes_out_as_it_is(clock: MockClock, terminal: ScriptedTerminal) -> None:
    with pytest.raises(KeyError, match="mine"):
        async with connected(terminal):
            raise KeyError("mine")


async def test_an_error_of_the_listener_is_not_hidden(clock: MockClock, terminal: ScriptedTerminal) -> None:
    def broken(_event: AnyEvent, _frame: str) -> None:
        raise KeyError("listener")

    with ends_with(ExceptionGroup) as caught:
        async with open_session(HOST, terminal.ws_port, broken) as session:
            session.release()
            await session.request(GetAppState())
            await terminal.tell("x")
            await session.stay()
    assert caught.group_contains(KeyError, match="listener")


@pytest.mark.parametrize(
    ("method", "answered"),
    [
        ("acceptInvitationToPodium", "acceptInvintationToPodium"),
        ("acceptInvintationToPodium", "acceptInvitationToPodium"),
        ("renameGroup", "removeGroup"),
        ("sendGroupMessage", "sendMessage"),
    ],
)
async def test_without_echo_a_reply_that_names_the_manuals_other_method_is_taken(
    clock: MockClock, terminal: ScriptedTerminal, method: str, answered: str
) -> None:
    terminal.answers = {method: None, answered: None}
    async with connected(terminal) as (session, _):
        first, second = await session.post(Untyped(method)), await session.post(Untyped(answered))
        await terminal.until_received(answered)
        for number in (1, 2):  # the right method has precedence over age
            await terminal.send({"method": answered, "result": True, "requestId": "", "error": str(number)})
        assert ((await second.frame()).error, (await first.frame()).error) == ("1", "2")
