"""`[automations]`: what the room does by itself. Whatever is not in this table, it does not."""

from typing import Annotated

import msgspec

Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]
Peer = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]


class AutoAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[automations.auto_answer]`: answers a call that has rung for `delay` seconds.

    `allow`: whose, peer ids or `*@server`; left out: everybody's. `mute`: with the microphone off.
    """

    delay: Annotated[float, msgspec.Meta(ge=0, le=60)] = 5.0
    allow: tuple[Peer, ...] = ()
    mute: bool = False


class Automations(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[automations]`.

    `mute_on_entry`: the microphone is off when a call is established. `restore_volume`: after each call the volume is
    what it was before, or this many percent. `unmute_after`: after each call the microphone is on for the next people.
    `decline_undisturbed`: calls are declined while the room is not to be disturbed.
    """

    auto_answer: AutoAnswer | None = None
    mute_on_entry: bool = False
    restore_volume: bool | Percent = False
    unmute_after: bool = False
    decline_undisturbed: bool = False
