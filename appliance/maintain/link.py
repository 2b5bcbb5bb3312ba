"""The link to the terminal, for whoever maintains the box: how often it came up and was lost, and why the last time."""

import msgspec

from appliance.language.text import NOTHING, Text


class LinkRecord(msgspec.Struct, frozen=True):
    """`ups`: how often it came up. `since`: when it became what it is, monotonic seconds; None: nothing was tried yet.

    `lost`: why it was lost last, and `lost_at`: when. `generation` of the terminal: `newer`, or `unknown`.
    """

    ups: int = 0
    since: float | None = None
    lost: Text = NOTHING
    lost_at: float | None = None
    generation: str = ""

    @property
    def reconnects(self) -> int:
        """How often it came up again."""
        return max(0, self.ups - 1)

    def up(self, now: float, generation: str) -> "LinkRecord":
        """Returns the record after the link came up."""
        return msgspec.structs.replace(self, ups=self.ups + 1, since=now, generation=generation)

    def down(self, now: float, why: Text, *, was_up: bool) -> "LinkRecord":
        """Returns the record after it was lost, or could not be had; `was_up`: until now."""
        since = now if was_up or self.since is None else self.since
        return msgspec.structs.replace(self, since=since, lost=why, lost_at=now)
