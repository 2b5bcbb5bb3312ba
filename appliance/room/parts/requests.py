"""What the room is asked, and what of it a press answers."""

from enum import StrEnum

import msgspec

from appliance.room.parts.person import Person


class Wish(StrEnum):
    """What somebody in a conference may ask of the room."""

    PODIUM = "podium"  # that the room comes to the podium
    REMARK = "remark"  # that the room makes a remark from its place
    SPEAK = "speak"  # to come to the podium of the room's own conference
    JOIN = "join"  # to be let into the room's own conference
    RECORD = "record"  # to record the room's picture


class Request(msgspec.Struct, frozen=True):
    """What somebody asks of the room, which may accept or decline it. Times are monotonic seconds.

    `until`: when terminals usually stop waiting; None where that is not known. `certain`: False while it may as well be
    what the room itself asked of others. `answer` (local): what was answered, which the terminal has not confirmed and
    may until `answered_until`.
    """

    wish: Wish
    who: Person
    until: float | None = None
    certain: bool = True
    answer: bool | None = None
    answered_until: float = 0.0


class Prompt(msgspec.Struct, frozen=True):
    """What the display shows that a press answers: which of it, and whom it is from.

    `shown_from` (monotonic seconds): since when it is seen, or when what covers it will be gone; None where that is not
    known.
    """

    kind: str
    who: str
    shown_from: float | None
