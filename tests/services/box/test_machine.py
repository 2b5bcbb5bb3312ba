"""What is done with the machine, when it is asked back, and who did it: the deputy is at a real socket."""

from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.access.roles import Caller, Role
from appliance.card.backup.facts import Facts
from appliance.card.backup.keys import SHORTEST as LEAST
from appliance.card.backup.keys import Cost
from appliance.card.backup.sealed import LARGEST as LARGEST_FILE
from appliance.card.backup.sealed import seal
from appliance.deputy.client import Deputy
from appliance.deputy.requests import Backup as BackupRequest
from appliance.deputy.requests import Done, Made, Refused
from appliance.deputy.requests import Reboot as RebootRequest
from appliance.deputy.requests import Reset as ResetRequest
from appliance.deputy.requests import Restore as RestoreRequest
from appliance.language.text import Text
from appliance.maintain.audit import Audit
from appliance.maintain.machine import LARGEST, Became, CannotBe
from appliance.maintain.wishes import SHORTEST, Backup, Deed, Reboot, Renewal, Reset, Restart, Restore
from appliance.room.in_use import is_quiet
from appliance.room.local_events.box import UpdateIs
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.state import Phase, RoomState
from appliance.room.update import Update
from appliance.services.box.machine import MachineDeeds
from appliance.services.store import RoomStore
from appliance.services.update import UpdateService, Wish
from tests.maintain.deputies import BACKUP, Told, deputy

ANNA = Caller("anna", Role.MAINTAIN, "session")
CHEAP = Cost(n=16384, p=1)
FACTS = Facts(room="Saturn", box="offhook-0815", board="", version="0.1.0", made="2026-11-27 12:00 UTC", files=3)
SEALED = seal(b"archive", FACTS, "four random words", CHEAP)


class Box:
    """A box whose deputy is at a socket, or is not."""

    def __init__(self, path: Path) -> None:
        self.store = RoomStore()
        self.audit = Audit(lambda: None)
        self.ended = list[bool]()
        self.wished = list[Wish]()
        self.update = UpdateService(self.store, is_quiet, runtime=None, state=None)
        self.update.want = self.wished.append  # type: ignore[assignment,method-assign]  # what it does has tests of its own
        self.path = path
        self.machine = self.made(self.ended.append)

    def made(self, end: Callable[[bool], None] | None) -> MachineDeeds:
        return MachineDeeds(
            Deputy(self.path), self.store, self.update, self.audit, room=lambda: "Neptune", quiet=is_quiet, end=end
        )

    def talks(self) -> None:
        self.store.followed.value = RoomState(link=Link(LinkPhase.UP), phase=Phase.IN_CALL)

    async def does(self, wish: Deed) -> tuple[str, str]:
        became = await self.machine.do(wish, ANNA)
        return became.became, became.wants

    @property
    def deeds(self) -> list[tuple[str, str, str, str]]:
        return [(entry.who, entry.by, entry.what, entry.about) for entry in self.audit.last()]


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path / "deputy.sock")


def test_the_limits_are_those_of_backups() -> None:
    assert (LARGEST, SHORTEST) == (LARGEST_FILE, LEAST)


async def test_a_restart_waits_for_the_end_of_a_call_and_needs_no_deputy(box: Box) -> None:
    box.talks()
    became = await box.machine.do(Restart(), ANNA)
    assert became == Became("done", Text("machine.restarts_later"))
    assert box.ended == [False]
    assert box.deeds == [("anna", "session", "restart", "")]


async def test_a_restart_at_once_in_a_call_is_for_who_has_read_what_it_does(box: Box) -> None:
    assert await box.does(Restart(now=True)) == ("done", "")
    box.talks()
    assert await box.does(Restart(now=True)) == ("asks", "in_call")
    assert box.ended == [True]
    assert await box.does(Restart(now=True, in_call=True)) == ("done", "")
    assert box.ended == [True, True]
    assert [what for _, _, what, _ in box.deeds] == ["restart"]  # the same deed twice is one entry
    assert box.audit.last()[0].times == 2


async def test_nothing_is_ended_that_nothing_would_start_again(box: Box) -> None:
    box.machine = box.made(None)
    assert box.machine.standing().restart == Text("machine.no_restart")
    assert await box.does(Restart(now=True, in_call=True)) == ("refused", "")
    assert (box.ended, box.deeds) == ([], [])


async def test_a_reboot_says_first_what_it_does_and_in_a_call_that_as_well(box: Box) -> None:
    async with deputy(box.path, Told()) as told:
        assert await box.does(Reboot()) == ("asks", "sure")
        box.talks()
        assert await box.does(Reboot(sure=True)) == ("asks", "in_call")
        assert await box.does(Reboot(in_call=True)) == ("asks", "sure")
        assert (told.asked, box.deeds) == ([], [])
        assert await box.does(Reboot(sure=True, in_call=True)) == ("done", "")
    assert told.asked == [RebootRequest()]
    assert box.deeds == [("anna", "session", "reboot", "")]


@pytest.mark.parametrize("typed", ["", "neptune", "Saturn", "Neptune 2"])
async def test_a_reset_is_for_who_types_the_name_of_the_room(box: Box, typed: str) -> None:
    async with deputy(box.path, Told()) as told:
        assert await box.does(Reset(room=typed, in_call=True)) == ("refused", "")
        assert told.asked == []
        assert await box.does(Reset(room=" Neptune ")) == ("done", "")
    assert told.asked == [ResetRequest()]
    assert box.deeds == [("anna", "session", "reset", "")]


async def test_a_reset_in_a_call_asks(box: Box) -> None:
    box.talks()
    assert await box.does(Reset(room="Neptune")) == ("asks", "in_call")


async def test_what_the_deputy_refuses_is_said_in_its_words_and_was_not_done(box: Box) -> None:
    why = Text("deputy.failed", words="no such unit")
    async with deputy(box.path, Told(Reboot=Refused(why))):
        assert await box.machine.do(Reboot(sure=True), ANNA) == Became("refused", why)
    assert box.deeds == []


@pytest.mark.parametrize(
    ("wish", "what"), [(Reboot(sure=True), "reboot"), (Reset(room="Neptune"), "reset")], ids=["reboot", "reset"]
)
@pytest.mark.parametrize("answer", [None, Made(0)], ids=["none", "of another version"])
async def test_what_was_asked_without_an_answer_is_unknown_and_noted_so(
    box: Box, wish: Deed, what: str, answer: Made | None
) -> None:
    async with deputy(box.path, Told() if answer is None else Told(Reboot=answer, Reset=answer)) as told:
        told.is_silent = answer is None
        assert await box.machine.do(wish, ANNA) == Became("unknown", Text("machine.unknown"))
    assert box.deeds == [("anna", "session", what, "unknown")]


async def test_a_restore_without_an_answer_is_unknown(box: Box) -> None:
    async with deputy(box.path, Told()) as told:
        told.is_silent = True
        became = await box.machine.restore(Restore("four random words", sure=True), SEALED, ANNA)
    assert became == Became("unknown", Text("machine.unknown"))
    assert box.deeds == [("anna", "session", "restore", "unknown")]


async def test_without_a_deputy_it_is_said_before_anything_is_pressed(box: Box) -> None:
    assert box.machine.standing().deputy == Text("deputy.none")
    assert await box.machine.do(Reboot(sure=True), ANNA) == Became("refused", Text("deputy.none"))
    async with deputy(box.path, Told()):
        assert not box.machine.standing().deputy


async def test_updates_are_asked_for_where_something_renews_the_box(box: Box) -> None:
    assert await box.does(Renewal(wish="install")) == ("refused", "")
    box.store.apply(UpdateIs(Update(installed="0.1.0")))
    assert await box.does(Renewal(wish="check")) == ("done", "")
    assert await box.does(Renewal(wish="install")) == ("done", "")
    assert box.wished == ["check", "install"]
    assert [(what, about) for _, _, what, about in box.deeds] == [("update", "install"), ("update", "check")]


async def test_a_backup_comes_in_pieces_and_is_a_deed(box: Box) -> None:
    told, wish = Told(Backup=Made(len(BACKUP))), Backup("four random words")
    async with deputy(box.path, told), box.machine.backup(wish, ANNA) as copy:
        taken = [piece async for piece in copy.pieces]
    assert (copy.size, b"".join(taken)) == (len(BACKUP), BACKUP)
    assert max(map(len, taken)) <= 64 * 1024
    assert told.asked == [BackupRequest("four random words")]
    assert box.deeds == [("anna", "session", "backup", "")]


async def test_a_backup_that_is_refused_or_cut_short_is_none(box: Box) -> None:
    short = Text("backup.short_passphrase", least=12)
    async with deputy(box.path, Told(Backup=Refused(short))) as told:
        with pytest.raises(CannotBe, match="too short"):
            async with box.machine.backup(Backup("four"), ANNA):
                pytest.fail("there is nothing to read")
        assert box.deeds == []
        told.answers["Backup"], told.cut = Made(len(BACKUP)), 1
        with pytest.raises(CannotBe, match="gave no answer"):
            async with box.machine.backup(Backup("four random words"), ANNA) as copy:
                [piece async for piece in copy.pieces]


async def test_a_restore_says_whose_backup_it_is_before_it_is_sure(box: Box) -> None:
    wish = Restore("four random words")
    async with deputy(box.path, Told()) as told:
        asks = await box.machine.restore(wish, SEALED, ANNA)
        assert (asks.became, asks.wants) == ("asks", "sure")
        assert "the room Saturn, of offhook-0815, made 2026-11-27 12:00 UTC by version 0.1.0" in str(asks.text)
        assert told.asked == []
        done = await box.machine.restore(Restore("four random words", sure=True), SEALED, ANNA)
    assert done.became == "done"
    assert (told.asked, told.sent) == ([RestoreRequest("four random words", len(SEALED))], [SEALED])
    assert box.deeds == [("anna", "session", "restore", "")]


async def test_a_restore_in_a_call_asks_for_that_as_well(box: Box) -> None:
    box.talks()
    became = await box.machine.restore(Restore("four random words", sure=True), SEALED, ANNA)
    assert (became.became, became.wants) == ("asks", "in_call")


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"offhook backup 1\n{", b"offhook backup 9\n{}\n", b"\xff" * 99999]
)
async def test_what_is_no_backup_is_not_shown_to_anybody(box: Box, content: bytes) -> None:
    async with deputy(box.path, Told()) as told:
        assert (await box.machine.restore(Restore("", sure=True), content, ANNA)).became == "refused"
    assert told.asked == []


@pytest.mark.parametrize("answer", [Done(), Refused(Text("backup.wrong_passphrase"))])
def test_no_passphrase_is_in_a_repr(answer: Done | Refused) -> None:
    wishes = (Backup("four random words"), Restore("four random words"), BackupRequest("four random words"))
    assert "random" not in repr((*wishes, answer))
