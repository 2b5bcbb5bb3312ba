"""What `[api]` in the configuration says."""

from typing import Annotated

import msgspec

from appliance.fleet.mqtt.config import check_action


class ApiConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[api]`: the room for programs, where `[panel]` listens; without this table there is none.

    `actions`: what callers with the role `touch` may ask, by first words or whole actions; left out, what a panel may.
    Callers with the role `maintain` may ask every action that ends by itself.
    """

    actions: Annotated[tuple[str, ...], msgspec.Meta(max_length=64)] | None = None

    def __post_init__(self) -> None:
        """Refuses words that are no action, and what nobody could end."""
        for words in self.actions or ():
            check_action(words)
