"""A client's connection as the model sees it, and the two accounts that it may hold."""

import math
from enum import StrEnum


class Account(StrEnum):
    """The two accounts that control a terminal."""

    ADMINISTRATOR = "admin"
    USER = "user"


class Session:
    """One connection; `account` is None before authorisation and after an eviction."""

    def __init__(self) -> None:
        self.account: Account | None = None
        self.by_pin = False  # whether it authorised by a PIN
        self.until = math.inf  # when the token that it authorised with expires, monotonic seconds
