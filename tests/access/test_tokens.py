import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.access.kept import FOLDER
from appliance.access.roles import Caller, Role
from appliance.access.tokens import FILE, MOST, All, TokenError, Tokens, kept_tokens, with_token, without_token

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def known(every: All, clock: Callable[[], datetime | None] = lambda: NOON) -> Tokens:
    tokens = Tokens(clock)
    tokens.take(every.tokens)
    return tokens


def test_a_token_lets_its_program_in_with_its_role() -> None:
    every, lights = with_token(All(), "lights", Role.TOUCH, None)
    every, board = with_token(every, "board", Role.VIEW, None)
    tokens = known(every)
    assert tokens.caller(lights) == Caller("lights", Role.TOUCH, "token")
    assert tokens.caller(board) == Caller("board", Role.VIEW, "token")
    assert [tokens.caller(wrong) for wrong in (lights[:-1], lights + "a", "", "\ud800")] == [None] * 4


def test_a_token_has_256_random_bits_and_is_not_kept() -> None:
    every, secret = with_token(All(), "lights", Role.TOUCH, None)
    assert re.fullmatch(r"offhook_[A-Za-z0-9_-]{43}", secret)
    assert with_token(All(), "lights", Role.TOUCH, None)[1] != secret
    assert secret not in repr(every)


def test_a_token_ends_with_its_days() -> None:
    every, secret = with_token(All(), "lights", Role.TOUCH, 30, NOON)
    assert known(every, lambda: NOON + timedelta(days=30, seconds=-1)).caller(secret)
    assert known(every, lambda: NOON + timedelta(days=30)).caller(secret) is None


def test_while_the_time_of_day_is_not_known_only_tokens_for_ever_are_good() -> None:
    every, ends = with_token(All(), "lights", Role.TOUCH, 30, NOON)
    every, lasts = with_token(every, "board", Role.VIEW, None)
    assert known(every, lambda: None).caller(ends) is None
    assert known(every, lambda: None).caller(lasts)


def test_a_token_that_was_removed_is_nobodys() -> None:
    every, secret = with_token(All(), "lights", Role.TOUCH, None)
    tokens = known(every)
    tokens.take(without_token(every, "lights").tokens)
    assert tokens.caller(secret) is None


@pytest.mark.parametrize("name", ["", "-a", "a b", "a" * 41, "a\n", "ä"])
def test_names_that_no_token_has(name: str) -> None:
    with pytest.raises(TokenError, match="expected 1 to 40 letters"):
        with_token(All(), name, Role.VIEW, None)


def test_what_cannot_be_made_or_removed() -> None:
    every = All()
    for number in range(MOST):
        every, _ = with_token(every, f"p{number}", Role.VIEW, None)
    with pytest.raises(TokenError, match=f"there are {MOST} tokens already"):
        with_token(every, "more", Role.VIEW, None)
    with pytest.raises(TokenError, match="there is a token `p0` already"):
        with_token(every, "p0", Role.VIEW, None)
    with pytest.raises(TokenError, match="there is no token `more`"):
        without_token(every, "more")


def test_tokens_are_kept_for_their_owner_alone(tmp_path: Path) -> None:
    every, secret = with_token(All(), "lights", Role.TOUCH, 30, NOON)
    kept_tokens(tmp_path).write(every)
    path = tmp_path / FOLDER / FILE
    assert kept_tokens(tmp_path).read() == every
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert secret not in path.read_text()


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"tokens": 1}', b'{"tokens": [{"name": "a", "role": "root"}]}', b"\xff"]
)
def test_a_file_that_cannot_be_read_lets_nobody_in(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / FILE).write_bytes(content)
    assert kept_tokens(tmp_path).read() == All()


def test_a_link_in_place_of_the_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b'{"tokens": []}')
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / FILE).symlink_to(tmp_path / "elsewhere")
    kept = kept_tokens(tmp_path)
    assert kept.read() == All()
    every, _ = with_token(All(), "lights", Role.TOUCH, None)
    kept.write(every)
    assert kept.read() == every
    assert (tmp_path / "elsewhere").read_bytes() == b'{"tokens": []}'


def test_without_a_folder_tokens_last_as_long_as_the_process() -> None:
    kept = kept_tokens(None)
    every, _ = with_token(All(), "lights", Role.TOUCH, None)
    kept.write(every)
    assert kept.read() == every
    kept.remove()
    assert kept.read() == All()
