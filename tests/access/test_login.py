import re

import pytest
import trio
from structlog.testing import capture_logs
from trio.testing import MockClock

from appliance.access.hashing import COST, WAITING, Hasher
from appliance.access.limits import EACH
from appliance.access.login import MAINTAINER, CannotLogIn
from appliance.access.password import LEAST, WeakPassword, random_password
from appliance.language.text import Text
from tests.access.box import HERE, THERE, Box


@pytest.fixture
def box() -> Box:
    return Box()


async def refused(box: Box, typed: str, host: str = HERE) -> CannotLogIn:
    with pytest.raises(CannotLogIn) as caught:
        await box.login.enter(typed, host)
    return caught.value


async def test_at_first_nobody_can_log_in(box: Box) -> None:
    assert not box.login.has_password
    for typed in ("", "admin", "password"):
        assert (await refused(box, typed)).why == "none"
    assert box.hasher.compared == 0


async def test_with_the_password_that_was_made_the_maintainer_is_let_in(box: Box) -> None:
    password = await box.login.renew()
    secret = await box.login.enter(password, HERE)
    assert box.sessions.caller(secret) == MAINTAINER
    assert ("maintainer", "logged_in", HERE) in box.noted


async def test_one_that_was_made_may_be_typed_as_people_do(box: Box) -> None:
    password = await box.login.renew()
    for typed in (password.upper(), password.replace("-", " "), f" {password.replace('-', '')} "):
        await box.login.enter(typed, HERE)


def test_passwords_that_are_made_are_read_without_mistakes() -> None:
    made = {random_password() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"([a-hjknp-vxyz2-9]{4}-){2}[a-hjknp-vxyz2-9]{4}", each) for each in made)


async def test_the_password_is_neither_kept_nor_logged_nor_noted(box: Box) -> None:
    with capture_logs() as logs:
        password = await box.login.renew()
        await box.login.enter(password, HERE)
        await refused(box, "my other password")
    everything = f"{logs}{box.noted}{box.password!r}{box.password.digest}{vars(box.login)}"
    assert password not in everything
    assert password.replace("-", "") not in everything
    assert "my other" not in everything
    assert box.password.digest.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert "argon2" not in repr(box.password)


async def test_a_new_password_ends_the_old_one_and_every_session(box: Box) -> None:
    old = await box.login.renew()
    secret = await box.login.enter(old, HERE)
    new = await box.login.renew()
    assert box.sessions.caller(secret) is None
    assert (await refused(box, old)).why == "wrong"
    await box.login.enter(new, HERE)


async def test_the_maintainer_changes_it(box: Box) -> None:
    old = await box.login.renew()
    others = await box.login.enter(old, THERE)
    mine = await box.login.change(old, "Correct-Horse 17", HERE)
    assert (box.sessions.caller(others), box.sessions.caller(mine)) == (None, MAINTAINER)
    assert (await refused(box, "correct-horse 17")).why == "wrong"
    await box.login.enter("Correct-Horse 17", HERE)
    assert ("maintainer", "password_changed", HERE) in box.noted


@pytest.mark.parametrize("weak", ["", "short", "a" * (LEAST - 1), "aaaaaaaaaaaa", "abababababab", "x" * 1000])
async def test_a_weak_one_is_not_taken(box: Box, weak: str) -> None:
    old = await box.login.renew()
    with pytest.raises(WeakPassword):
        await box.login.change(old, weak, HERE)
    await box.login.enter(old, HERE)


async def test_who_does_not_know_it_does_not_change_it(box: Box) -> None:
    old = await box.login.renew()
    with pytest.raises(CannotLogIn):
        await box.login.change("wrong", "Correct-Horse 17", HERE)
    await box.login.enter(old, HERE)


async def test_who_leaves_is_logged_out(box: Box) -> None:
    secret = await box.login.enter(await box.login.renew(), HERE)
    box.login.leave(secret, HERE)
    assert box.sessions.caller(secret) is None
    assert box.noted[-1] == ("maintainer", "logged_out", HERE)
    box.login.leave(secret, HERE)
    assert len([noted for noted in box.noted if noted[1] == "logged_out"]) == 1


async def test_a_thousand_guesses_cost_five_comparisons(box: Box, autojump_clock: MockClock) -> None:
    password = await box.login.renew()
    with capture_logs() as logs:
        whys = [(await refused(box, f"guess {number}")).why for number in range(1000)]
    assert whys == ["wrong"] * EACH.free + ["wait"] * (1000 - EACH.free)
    assert box.hasher.compared == EACH.free
    last = await refused(box, password)
    assert (last.why, last.wait) == ("wait", EACH.first)
    assert str(last) == "Too many wrong passwords. Try again in 0:30"
    assert box.shown == [Text("notice.password_guessed", where=HERE)]
    assert len(logs) == 2
    assert {("", "wrong_password", HERE), ("", "locked_out", HERE)} <= set(box.noted)
    autojump_clock.jump(EACH.first)
    await box.login.enter(password, HERE)


async def test_a_thousand_guesses_at_once_cost_no_more(box: Box) -> None:
    await box.login.renew()
    whys = list[str]()

    async def guess(number: int) -> None:
        whys.append((await refused(box, f"guess {number}")).why)

    async with trio.open_nursery() as nursery:
        for number in range(1000):
            nursery.start_soon(guess, number)
    assert len(whys) == 1000
    assert whys.count("wrong") == box.hasher.compared == EACH.free


async def test_whoever_comes_when_many_wait_is_told_to_come_later(box: Box) -> None:
    password = await box.login.renew()
    whys = list[str]()

    async def guess(number: int) -> None:
        whys.append((await refused(box, "guess", f"10.0.0.{number}")).why)

    async with trio.open_nursery() as nursery:
        for number in range(12):
            nursery.start_soon(guess, number)
    assert sorted(whys) == ["busy"] * (11 - WAITING) + ["wrong"] * (1 + WAITING)
    await box.login.enter(password, "10.0.0.1")


async def test_a_lock_out_ends_for_who_makes_a_new_password(box: Box) -> None:
    await box.login.renew()
    for _ in range(EACH.free + 3):
        await refused(box, "guess")
    await box.login.enter(await box.login.renew(), HERE)


async def test_what_a_box_really_does_with_a_password() -> None:
    hasher = Hasher()
    kept = await hasher.digest("Correct-Horse 17")
    assert kept.startswith(f"$argon2id$v=19$m={COST.memory},t={COST.passes},p=1$")
    assert [await hasher.fits(kept, typed) for typed in ("Correct-Horse 17", "Correct-Horse 18", "")] == [
        True,
        False,
        False,
    ]
    assert not await hasher.fits("no digest", "Correct-Horse 17")
