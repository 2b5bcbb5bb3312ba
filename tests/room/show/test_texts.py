import pytest

from appliance.room.show.texts import declined, login_failure, logout, not_ready, refusal
from appliance.room.state import Phase
from appliance.terminal.messages.enums import LoginResult, LogoutCause, RejectCause


def test_every_cause_of_a_refusal_has_words_of_its_own() -> None:
    texts = {refusal(cause, "Anna") for cause in RejectCause}
    assert len(texts) == len(RejectCause)
    assert not any("(cause" in text for text in texts)


def test_a_cause_nobody_knows_shows_its_number() -> None:
    assert refusal(RejectCause(77), "Anna") == "Anna refused (cause 77)"


def test_a_refusal_without_a_name_still_is_a_sentence() -> None:
    assert refusal(RejectCause.BUSY, "") == "The other side is busy"
    assert declined("") == "Call declined"


def test_names_are_taken_as_they_are() -> None:
    assert refusal(RejectCause.BUSY, "{0} {who}") == "{0} {who} is busy"


def test_every_failure_of_a_login_has_words_of_its_own() -> None:
    failures = [result for result in LoginResult if result is not LoginResult.SUCCESS]
    assert len({login_failure(result) for result in failures}) == len(failures)
    assert login_failure(LoginResult(4711)) == "Login failed (result 4711)"


def test_a_logout_nobody_knows_shows_its_number() -> None:
    assert logout(LogoutCause(9)) == "Logged out (cause 9)"
    assert logout(LogoutCause.ON_REQUEST) == ""


@pytest.mark.parametrize("phase", Phase)
def test_why_there_can_be_no_call(phase: Phase) -> None:
    able = {Phase.IDLE, Phase.WAITING, Phase.CALLING, Phase.RINGING, Phase.IN_CALL}
    assert bool(not_ready(phase)) is (phase not in able)
