"""A view for every page and its variants, by the name of its reference picture."""

from datetime import UTC, datetime, timedelta

import msgspec

from appliance.access.qr import qr_of
from appliance.display.view import View
from appliance.language.text import NOTHING, Text, verbatim
from appliance.room.meetings.agenda import Agenda, Booking
from appliance.room.parts.awaited import Asked, Level
from appliance.room.parts.call import CallAsked, Conversation, Muted, OnHold, PasswordEntry
from appliance.room.parts.closed import Locked, Undisturbed
from appliance.room.parts.conference import Company
from appliance.room.parts.link import Link, LinkPhase, Trouble
from appliance.room.parts.person import Person
from appliance.room.parts.podium import Podium
from appliance.room.parts.presses import Confirming
from appliance.room.parts.requests import Request, Wish
from appliance.room.parts.shown import NewPassword, Notice, PairingCode, TonesSent
from appliance.room.secret import Secret
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.enums import CallDirection, ConferenceType
from appliance.terminal.messages.people import PastCall

UP = Link(LinkPhase.UP)
NOW = 5000.0
CLOCK = datetime(2026, 11, 22, 14, 5, 30, tzinfo=UTC)  # on the wall of the room
ANNA = Person("anna@example.org", "Anna Larsen")
IVAN = Person("ivan@example.org", "Иван Ёлкин")
LONG = Person("long@example.org", "Александра Константинопольская-Преображенская")
NUMBER = Person("+74951234567")
GROUP = Conversation(IVAN, ConferenceType.SYMMETRIC, title="Планёрка", since=NOW - 754)
LECTURE = Conversation(IVAN, ConferenceType.ROLE_BASED, title="Лекция", since=NOW - 754)
PAGE, FAR = "https://192.168.10.25:8443/pair", "https://meeting-room-4.third-floor.example.com/pair"
MATRIX, FAR_MATRIX = (Secret(qr_of(page, "12345678")) for page in (PAGE, FAR))
MISSED = PastCall(type=CallDirection.MISSED, peer_id="x")


def view(
    state: RoomState, *, elapsed: float = 0.0, room: str = "Meeting room 4", clock: datetime | None = CLOCK
) -> View:
    return View(state=state, room=room, address="192.168.10.25", now=NOW, clock=clock, shown_since=NOW - elapsed)


def room(phase: Phase = Phase.IDLE, conversation: Conversation | None = None, **fields: object) -> RoomState:
    muted = {"mic_muted": False, "audio_muted": False, "video_muted": False}
    return RoomState(link=UP, phase=phase, conversation=conversation, **(muted | fields))  # type: ignore[arg-type]


def call(peer: Person | None, since: float | None = None) -> Conversation:
    return Conversation(peer, ConferenceType.POINT_TO_POINT, since=since)


def asked(key: str) -> Asked:
    return Asked(Text(key), NOW + 5)


def link(phase: LinkPhase, reason: Text = NOTHING, *, waits: bool = False) -> RoomState:
    return RoomState(link=Link(phase, reason, waits))


def meeting(title: str, hour: int, minute: int = 0, minutes: int | None = 60) -> Booking:
    start = CLOCK.replace(hour=hour, minute=minute, second=0)
    end = None if minutes is None else start + timedelta(minutes=minutes)
    return Booking(title=title, start=start, end=end, owner=ANNA.peer_id, peer_id="\\c\\4711")


def agenda(now: Booking | None = None, coming: Booking | None = None, **more: object) -> Agenda:
    return Agenda(known=True, now=now, next=coming, **more)  # type: ignore[arg-type]


BUDGET = meeting("Бюджет на следующий год и ещё на два года после него", 14, 30)
REVIEW = meeting("Design review", 14)

_LONG_NOTICE = (
    "The terminal did not answer within five seconds, so nothing was changed. Try again, and if it goes on like this, "
    "tell the people who look after it."
)

SCENES: dict[str, View] = {
    "starting": view(link(LinkPhase.STARTING)),
    "no_link": view(link(LinkPhase.DOWN, Text("lost.no_answer", where="192.168.10.20"))),
    "no_link_long": view(
        link(LinkPhase.DOWN, verbatim("The connection was lost: the terminal closed it without saying why")),
        elapsed=2.55,
    ),
    "refused": view(link(LinkPhase.REFUSED, Text("refused.pin", account=Text("account.user")))),
    "evicted_waits": view(link(LinkPhase.EVICTED, Text("evicted.taken_over"), waits=True)),
    "evicted": view(link(LinkPhase.EVICTED, Text("evicted.pin_changed_after_call"))),
    "no_link_over": view(room(trouble=Trouble(Link(LinkPhase.DOWN, Text("lost.closed")), NOW + 2))),
    "idle": view(room()),
    "idle_address": view(room(address_until=NOW + 30)),
    "idle_no_more_meetings": view(room(agenda=agenda())),
    "idle_meeting": view(room(agenda=agenda(REVIEW, BUDGET))),
    "idle_meeting_muted": view(room(mic_muted=True, agenda=agenda(REVIEW)), room="Переговорная на третьем этаже"),
    "idle_meetings": view(room(agenda=agenda(REVIEW, others=2))),
    "idle_meeting_all_day": view(room(agenda=agenda(meeting("Санитарный день", 0, 0, 1440)))),
    "idle_meeting_endless": view(room(agenda=agenda(meeting("", 14, 0, None)))),
    "idle_next": view(room(agenda=agenda(None, BUDGET))),
    "idle_next_later": view(room(agenda=agenda(None, meeting("Retro", 17, 30)), history=(MISSED,))),
    "meeting_soon": view(room(agenda=agenda(None, meeting("Design review", 14, 15), soon=True))),
    "meeting_soon_long": view(room(agenda=agenda(REVIEW, BUDGET, soon=True))),
    "meeting_soon_asked": view(
        room(agenda=agenda(None, meeting("", 14, 6, None), soon=True), asked=asked("pending.audio_mute"))
    ),
    "idle_cyrillic": view(room(), room="Переговорная Ё"),
    "idle_unknown": View(state=room(mic_muted=None), room="", address="", now=NOW, clock=None),
    "idle_muted": view(room(mic_muted=True), room="Переговорная на третьем этаже"),
    "idle_join": msgspec.structs.replace(view(room(agenda=agenda(REVIEW, BUDGET))), join="join_meeting"),
    "meeting_soon_join": msgspec.structs.replace(view(room(agenda=agenda(None, BUDGET, soon=True))), join="join"),
    "confirming": view(
        room(
            *(Phase.IN_CALL, call(ANNA, NOW - 65.5)),
            confirming=Confirming("hang_up", Text("confirm.twice", what=Text("confirm.hang_up")), NOW + 2.5),
            notice=Notice(Text("confirm.twice", what=Text("confirm.hang_up")), NOW + 2.5),
        )
    ),
    "idle_quiet": view(room(undisturbed=Undisturbed(NOW + 3300))),
    "idle_quiet_for_long": view(room(undisturbed=Undisturbed())),
    "idle_missed": view(room(history=(MISSED, MISSED)), elapsed=5),
    "idle_hardware_missing": view(room(offline=frozenset({"keypad", "joystick"})), elapsed=5),
    "idle_pin_changes": view(room(user_pin=True, pin_renewed=True), elapsed=5),
    "dialling": view(room(number="2045#")),
    "dialling_long": view(room(number="+7495123456789012")),
    "dialling_logged_out": view(room(Phase.LOGIN_NEEDED, number="12")),
    "new_password": view(room(new_password=NewPassword(Secret("k7nn-4xqp-z2rt"), NOW + 60))),
    "pairing": view(room(pairing=PairingCode(Secret("12345678"), NOW + 60))),
    "pairing_phone": view(room(pairing=PairingCode(Secret("12345678"), NOW + 60, PAGE, MATRIX))),
    "pairing_phone_long": view(room(pairing=PairingCode(Secret("12345678"), NOW + 60, FAR, FAR_MATRIX))),
    "password": view(room(password=PasswordEntry(ANNA))),
    "locked": view(room(locked=Locked())),
    "lock_paused": view(room(locked=Locked(paused=True, until=NOW + 60))),
    "lock_pin_typed": view(room(locked=Locked(Secret("123"), until=NOW + 30))),
    "password_typed": view(room(password=PasswordEntry(IVAN, Secret("12A"), readable_until=NOW + 0.5))),
    "password_hidden": view(room(password=PasswordEntry(IVAN, Secret("12A"), readable_until=NOW))),
    "password_long": view(room(password=PasswordEntry(LONG, Secret("1" * 20)))),
    "password_wrong": view(room(password=PasswordEntry(ANNA, wrong=True))),
    "calling": view(room(Phase.CALLING, call(ANNA))),
    "calling_number": view(room(Phase.CALLING, call(NUMBER))),
    "calling_unknown": view(room(Phase.CALLING)),
    "call_asked": view(room(call_asked=CallAsked(NUMBER.peer_id, NOW + 5))),
    "volume": view(room(volume=0.45, volume_shown_until=NOW + 1.5)),
    "volume_asked": view(room(volume=0.45, volume_asked=Level(0.6, NOW + 5), volume_shown_until=NOW + 5)),
    "volume_unknown": view(room(volume_asked=Level(0.6, NOW + 5), volume_shown_until=NOW + 5)),
    "volume_in_call": view(
        room(
            *(Phase.IN_CALL, call(ANNA, NOW - 65.5)),
            mic_muted=True,
            volume=1.0,
            volume_asked=Level(0.95, NOW + 5),
            volume_shown_until=NOW + 5,
        )
    ),
    "asked_answer": view(room(Phase.RINGING, call(IVAN), asked=asked("pending.answer"))),
    "asked_mute": view(room(Phase.IN_CALL, call(ANNA, NOW - 65.5), asked=asked("pending.mic_mute"))),
    "asked_mute_idle": view(room(asked=asked("pending.audio_unmute"))),
    "asked_hang_up": view(room(Phase.CALLING, call(NUMBER), asked=asked("pending.hang_up"))),
    "waiting": view(room(Phase.WAITING)),
    "waiting_room": view(room(Phase.WAITING_ROOM, GROUP)),
    "waiting_room_another_calls": view(room(Phase.WAITING_ROOM, GROUP, call_waiting=call(IVAN))),
    "ringing": view(room(Phase.RINGING, call(IVAN))),
    "ringing_dark_header": view(room(Phase.RINGING, call(IVAN)), elapsed=0.7),
    "ringing_long_name": view(room(Phase.RINGING, call(LONG)), elapsed=3.05),
    "ringing_group": view(room(Phase.RINGING, GROUP)),
    "in_call": view(room(Phase.IN_CALL, call(ANNA, NOW - 65.5))),
    "in_call_hours": view(room(Phase.IN_CALL, call(LONG, NOW - 45296))),
    "in_call_muted": view(room(Phase.IN_CALL, call(IVAN, NOW - 600), mic_muted=True)),
    "in_call_all_muted": view(
        room(Phase.IN_CALL, call(IVAN, NOW - 3600), mic_muted=True, audio_muted=True, video_muted=True)
    ),
    "in_call_unknown": view(
        room(Phase.IN_CALL, call(None), mic_muted=None, audio_muted=None, video_muted=None), clock=None
    ),
    "in_call_group": view(room(Phase.IN_CALL, GROUP)),
    "in_call_on_hold": view(
        room(
            *(Phase.IN_CALL, call(IVAN, NOW - 600)),
            mic_muted=True,
            audio_muted=True,
            video_muted=True,
            on_hold=OnHold(),
        )
    ),
    "in_call_group_all_muted": view(room(Phase.IN_CALL, GROUP, mic_muted=True, audio_muted=True, video_muted=True)),
    "in_call_camera_wanted": view(room(Phase.IN_CALL, call(ANNA, NOW - 65.5), camera_wanted=(IVAN,))),
    "in_call_another_calls": view(room(Phase.IN_CALL, call(ANNA, NOW - 65.5), mic_muted=True, call_waiting=call(IVAN))),
    "in_call_another_calls_later": view(
        room(Phase.IN_CALL, call(ANNA, NOW - 65.5), call_waiting=call(IVAN)), elapsed=3
    ),
    "request_podium": view(room(Phase.IN_CALL, LECTURE, requests=(Request(Wish.PODIUM, IVAN, NOW + 24.5),))),
    "request_remark": view(room(Phase.IN_CALL, LECTURE, requests=(Request(Wish.REMARK, IVAN),), mic_muted=True)),
    "request_speak": view(room(Phase.IN_CALL, LECTURE, requests=(Request(Wish.SPEAK, ANNA, NOW + 5),)), elapsed=0.7),
    "request_join": view(room(Phase.IN_CALL, GROUP, requests=(Request(Wish.JOIN, LONG, NOW + 30),))),
    "request_record": view(room(Phase.IN_CALL, GROUP, requests=(Request(Wish.RECORD, NUMBER, NOW),))),
    "request_accepted": view(
        room(Phase.IN_CALL, LECTURE, requests=(Request(Wish.PODIUM, IVAN, NOW + 20, answer=True),))
    ),
    "request_declined": view(room(Phase.IN_CALL, GROUP, requests=(Request(Wish.JOIN, ANNA, NOW + 20, answer=False),))),
    "request_behind_a_call": view(
        room(Phase.IN_CALL, LECTURE, requests=(Request(Wish.PODIUM, IVAN),), call_waiting=call(ANNA))
    ),
    "podium_pending": view(room(Phase.IN_CALL, LECTURE, podium=Podium(pending_until=NOW + 5))),
    "podium_asked": view(room(Phase.IN_CALL, LECTURE, podium=Podium(speaks=False, asked=True))),
    "podium": view(room(Phase.IN_CALL, LECTURE, podium=Podium(speaks=True))),
    "podium_remark": view(room(Phase.IN_CALL, LECTURE, podium=Podium(speaks=True, remark_until=NOW + 11.2))),
    "in_call_muted_by_owner": view(room(Phase.IN_CALL, GROUP, mic_muted=True, muted_by_owner=frozenset({Muted.MIC}))),
    "in_call_company": view(
        room(
            *(Phase.IN_CALL, GROUP),
            company=Company(
                listed=True,
                present=frozenset(map(str, range(12))),
                recording=frozenset({ANNA.peer_id}),
                content=frozenset({ANNA.peer_id}),
            ),
        )
    ),
    "in_call_everything": view(
        room(
            *(Phase.IN_CALL, GROUP),
            mic_muted=True,
            audio_muted=True,
            video_muted=True,
            company=Company(listed=True, recording=frozenset({"a"}), content=frozenset({""})),
        )
    ),
    "in_call_tones": view(room(Phase.IN_CALL, call(ANNA, NOW - 65.5), tones=TonesSent(Secret("123456#"), NOW + 2))),
    "no_link_to_do": view(link(LinkPhase.DOWN, Text("lost.not_listening", where="192.168.10.20"))),
    "refused_to_do": view(link(LinkPhase.REFUSED, Text("refused.token", account=Text("account.user")))),
    "evicted_to_do": view(link(LinkPhase.EVICTED, Text("evicted.admin_changed_by_admin"))),
    "closing": view(room(Phase.CLOSING, call(ANNA))),
    "notice": view(room(notice=Notice(Text("rejected.busy", who="Anna Larsen"), NOW + 5))),
    "notice_who": view(room(notice=Notice(Text("notice.muted_by", who="crestron"), NOW + 5))),
    "notice_long": view(room(notice=Notice(verbatim(_LONG_NOTICE), NOW + 5))),
    "notice_in_call": view(
        room(
            Phase.IN_CALL,
            call(ANNA, NOW),
            mic_muted=True,
            notice=Notice(Text("notice.no_zoom"), NOW + 5),
        )
    ),
    "offline": view(room(Phase.OFFLINE)),
    "connecting": view(room(Phase.CONNECTING), room="Переговорная"),
    "login_needed": view(room(Phase.LOGIN_NEEDED)),
    "unknown": view(room(Phase.UNKNOWN)),
    "halted": view(RoomState(halted=True)),
}
