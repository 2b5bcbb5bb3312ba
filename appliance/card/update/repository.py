"""What the repository of `[update]` offers this box, once its signature holds."""

from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
import structlog
import trio

from appliance.card.update import channel, signature
from appliance.card.update.channel import Channel, Unbelievable
from appliance.card.update.command import Failed
from appliance.card.update.state import State, Target
from appliance.card.update.versions import version
from appliance.config.update import UpdateConfig
from appliance.language.text import Text
from appliance.runtime.fetch import FetchError, Way, fetch

log = structlog.get_logger()

WITHIN: Final = 60.0  # seconds for each of the two files
AGAIN: Final = 20.0  # seconds after which both are fetched once more: somebody may be publishing at this moment


class Offer(msgspec.Struct, frozen=True):
    """A version that the repository has for this box. `mine`: its wave has begun."""

    target: Target
    mine: bool


async def channel_of(config: UpdateConfig, way: Way, keyring: Path) -> Channel:
    """Returns the channel file, which somebody of the keyring has signed. Raises `Unbelievable` and `Failed`."""
    place = f"{config.url.rstrip('/')}/channels/{config.channel}.json"
    try:
        return await _signed(place, way, keyring)
    except Unbelievable as error:
        log.info("channel_again", reason=str(error))
        await trio.sleep(AGAIN)
        return await _signed(place, way, keyring)


async def _signed(place: str, way: Way, keyring: Path) -> Channel:
    content = await _file(place, way, channel.LARGEST)
    await signature.verify(content, await _file(f"{place}.sig", way, signature.LARGEST), keyring)
    return channel.read(content)


async def _file(url: str, way: Way, largest: int) -> bytes:
    try:
        answer = await fetch(url, within=WITHIN, way=way, largest=largest)
    except FetchError as error:
        raise Failed(Text("update.why.fetch", words=str(error))) from None
    if answer.status != 200:
        raise Failed(Text("update.why.fetch", words=f"{url.rpartition('/')[2]}: HTTP {answer.status}"))
    return answer.body


def offer(found: Channel, url: str, running: str, machine: str, now: datetime) -> Offer | None:
    """Returns what a channel offers a box that runs a version; None where that is not newer.

    Raises `Failed` where the box first has to have another version.
    """
    here = version(running)
    if found.offers <= here:
        return None
    if found.least and here < version(found.least):
        raise Failed(Text("update.why.least", version=found.version, least=found.least))
    target = Target(found.version, f"{url.rstrip('/')}/{found.bundle}", found.size, found.sha256)
    return Offer(target, found.reaches(machine, now))


def is_wanted(offered: Offer, state: State) -> bool:
    """Returns whether the box installs it by itself: its wave has begun, and it has not come back from it before."""
    return offered.mine and offered.target.version not in state.bad
