import pytest

from appliance.access.roles import Caller, Role


def test_each_role_may_what_those_before_it_may() -> None:
    callers = [Caller("somebody", role, "session") for role in (Role.VIEW, Role.TOUCH, Role.MAINTAIN)]
    assert [[caller.may(least) for least in Role] for caller in callers] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]


def test_words_are_read_back() -> None:
    assert [Role.of(role.word) for role in Role] == list(Role)
    with pytest.raises(ValueError, match="`admin` is not a role; expected view, touch, maintain"):
        Role.of("admin")
