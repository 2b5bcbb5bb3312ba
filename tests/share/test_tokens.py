"""Tokens: good until they expire, and never so many of one program that others lose theirs."""

from appliance.share.grants import Grant, Role
from appliance.share.tokens import MOST, OF_ONE, Tokens

BOARD = Grant("board", Role.READ)


def test_a_program_that_asks_again_and_again_costs_no_other_its_token() -> None:
    tokens = Tokens(lambda: 0.0)
    board = tokens.give(BOARD)
    table = [tokens.give(Grant("table", Role.USER)) for _ in range(2 * MOST)]
    assert tokens.grant(board) == BOARD
    assert [tokens.grant(token) is not None for token in table] == [False] * (2 * MOST - OF_ONE) + [True] * OF_ONE


def test_there_are_only_so_many_of_all() -> None:
    tokens = Tokens(lambda: 0.0)
    given = [tokens.give(Grant(f"process {number}", Role.ADMIN)) for number in range(MOST + 5)]
    assert sum(tokens.grant(token) is not None for token in given) == MOST
    assert tokens.grant(given[5]) is not None


def test_a_token_is_good_for_its_time() -> None:
    now = 0.0
    tokens = Tokens(lambda: now, 300.0)
    token = tokens.give(BOARD)
    now = 299.0
    assert tokens.grant(token) == BOARD
    now = 300.0
    assert tokens.grant(token) is None
    assert tokens.grant(token + "x") is None
