"""What of the maintenance pages is not as it was: a number for each subject, which grows; open pages follow it.

A page that hears of news asks for what it shows; so nothing queues for a page that is slow, and nothing is made ready
for pages that nobody looks at.
"""

from typing import Literal, TypeAlias

import msgspec

from appliance.runtime.followed import Followed

Subject: TypeAlias = Literal["health", "audit", "log", "terminal"]


class Numbers(msgspec.Struct, frozen=True):
    """How often each subject has changed."""

    health: int = 0
    audit: int = 0
    log: int = 0
    terminal: int = 0


class News:
    """Told by whoever changes something, in the event loop."""

    def __init__(self) -> None:
        self.followed = Followed(Numbers())

    def tell(self, subject: Subject) -> None:
        """Says that a subject has changed."""
        numbers = self.followed.value
        self.followed.value = msgspec.structs.replace(numbers, **{subject: getattr(numbers, subject) + 1})
