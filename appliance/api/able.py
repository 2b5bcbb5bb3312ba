"""What programs are told of the machine, and of what they wish of it: the types of both."""

from typing import Literal

import msgspec

from appliance.api.health import Version


class Able(msgspec.Struct, frozen=True):
    """What can be done with the machine; each word says why something cannot, and is empty where it can.

    version: Which it has, and which it is to have.
    restart: Of the firmware.
    update: Whether it is updated from here.
    deputy: Reboot, backup, restore and factory reset, for which the box has a helper.
    """

    version: Version
    restart: str
    update: str
    deputy: str


class Answered(msgspec.Struct, frozen=True):
    """What became of it.

    outcome: `done`, or begun; `asks`: nothing was done, and `why` says what it would do; `refused`; `unknown`: the
        box's helper has not answered, and `why` says how to see whether it was done.
    wants: What to say in the same request, where it asks: `sure`, or `in_call` while somebody is in a call.
    why: In words.
    """

    outcome: Literal["done", "asks", "refused", "unknown"]
    wants: Literal["", "sure", "in_call"]
    why: str
