import pytest

from appliance.language.text import NOTHING
from appliance.room.parts.call import CallEnd, Ending
from appliance.room.parts.requests import Wish
from appliance.room.state import Phase
from appliance.room.texts import (
    call_over,
    camera_lent,
    camera_refusal,
    camera_wanted,
    declined,
    eviction,
    login_failure,
    logout,
    not_ready,
    podium_refused,
    refusal,
    refused,
    wish,
)
from appliance.terminal.messages.client_enums import RoleEventResult
from appliance.terminal.messages.enums import CameraRequestRefusal, EvictionCause, LoginResult, LogoutCause, RejectCause


def test_every_cause_of_a_refusal_has_words_of_its_own() -> None:
    texts = {str(refusal(cause, "Anna")) for cause in RejectCause}
    assert len(texts) == len(RejectCause)
    assert not any("(cause" in text for text in texts)


def test_a_cause_nobody_knows_shows_its_number() -> None:
    assert str(refusal(RejectCause(77), "Anna")) == "Anna refused (cause 77)"


def test_a_refusal_without_a_name_still_is_a_sentence() -> None:
    assert str(refusal(RejectCause.BUSY, "")) == "The other side is busy"
    assert str(declined("")) == "Call declined"


def test_names_are_taken_as_they_are() -> None:
    assert str(refusal(RejectCause.BUSY, "{0} {who}")) == "{0} {who} is busy"


def test_every_failure_of_a_login_has_words_of_its_own() -> None:
    failures = [result for result in LoginResult if result is not LoginResult.SUCCESS]
    assert len({str(login_failure(result)) for result in failures}) == len(failures)
    assert str(login_failure(LoginResult(4711))) == "Login failed (result 4711)"


def test_a_logout_nobody_knows_shows_its_number() -> None:
    assert str(logout(LogoutCause(9))) == "Logged out (cause 9)"
    assert str(logout(LogoutCause.ON_REQUEST)) == ""


@pytest.mark.parametrize("phase", Phase)
def test_why_there_can_be_no_call(phase: Phase) -> None:
    able = {Phase.IDLE, Phase.WAITING, Phase.CALLING, Phase.RINGING, Phase.WAITING_ROOM, Phase.IN_CALL}
    assert bool(not_ready(phase)) is (phase not in able)


@pytest.mark.parametrize("cause", EvictionCause)
def test_every_cause_of_an_eviction_has_words_of_its_own(cause: EvictionCause) -> None:
    assert sum(str(eviction(each)) == str(eviction(cause)) for each in EvictionCause) == 1
    assert "(cause" not in str(eviction(cause))


def test_an_eviction_nobody_knows_is_told_by_its_number() -> None:
    assert str(eviction(EvictionCause(42))) == "The terminal ended our authorisation (cause 42)"


@pytest.mark.parametrize("ending", Ending)
def test_every_way_in_which_a_call_ends_has_words_of_its_own(ending: Ending) -> None:
    why = refusal(RejectCause.BUSY, "Anna")
    ends = [CallEnd(each, 1.0, "Anna", why if each is Ending.REFUSED else NOTHING) for each in Ending]
    words = {end.ending: str(call_over(end)) for end in ends}
    assert words[ending]
    assert list(words.values()).count(words[ending]) == 1


@pytest.mark.parametrize("ending", [each for each in Ending if each not in {Ending.REFUSED, Ending.OUT}])
def test_an_end_without_a_name_still_is_a_sentence(ending: Ending) -> None:
    words = str(call_over(CallEnd(ending, 1.0)))
    assert "ther side" in words
    assert words[0].isupper()


def test_a_refusal_does_not_decide_what_its_cause_meant() -> None:
    assert str(refusal(RejectCause(20), "Anna")) == (
        "This kind of conference is not supported, or its server cannot be reached"
    )


def test_every_cause_for_which_the_terminal_declines_by_itself_has_words_of_its_own() -> None:
    by_hand = {RejectCause.REJECTED, RejectCause.REJECTED_BY_USER}
    texts = {str(declined("Anna", cause)) for cause in set(RejectCause) - by_hand}
    assert len(texts) == len(RejectCause) - len(by_hand)
    assert all(text.startswith("Call from Anna declined: ") and "cause" not in text for text in texts)
    assert {str(declined("Anna", cause)) for cause in by_hand} == {"Call from Anna declined"}
    assert str(declined("", RejectCause(77))) == "Call from the other side declined: the terminal gives cause 77"


@pytest.mark.parametrize("what", Wish)
def test_what_somebody_asks_says_who_it_is(what: Wish) -> None:
    assert str(wish(what, "Anna")).startswith("Anna ")
    assert str(wish(what, "")).startswith("The other side ")
    assert len({str(wish(each, "Anna")) for each in Wish}) == len(Wish)


def test_why_a_camera_does_not_move_says_whose() -> None:
    for reason in (None, *CameraRequestRefusal):
        words, unnamed = str(camera_refusal(reason, "Anna")), str(camera_refusal(reason, ""))
        silent = reason is CameraRequestRefusal.CONFERENCE_OVER
        assert ("Anna" in words, "he other side" in unnamed) == (not silent, not silent)
        assert words[:1].isupper() is unnamed[:1].isupper() is not silent
    assert str(camera_wanted("Anna")) == "Anna asks to move our camera"
    assert str(camera_lent("Anna")).startswith("Anna ")


def test_the_terminals_words_are_said_if_it_has_any() -> None:
    assert str(refused("not now")) == "The terminal refused: not now"
    assert str(refused("")) == "The terminal refused and gave no reason"


def test_a_reason_nobody_knows_is_told_by_its_number() -> None:
    assert str(camera_refusal(CameraRequestRefusal(99), "Anna")) == "The camera of Anna is refused (reason 99)"


def test_why_the_podium_is_refused_has_words_whatever_the_result() -> None:
    words = {result: str(podium_refused(result)) for result in RoleEventResult}
    assert all(words.values())
    assert words[RoleEventResult.ROLE_BUSY] != words[RoleEventResult.PARTICIPANT_BUSY]
    assert words[RoleEventResult.BY_PARTICIPANT] not in {
        words[RoleEventResult.ROLE_BUSY],
        words[RoleEventResult.PARTICIPANT_BUSY],
    }
