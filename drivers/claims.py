"""Which devices are in use within this process, so that two entries of a configuration never share one.

Devices of one kind may be alike. Who names one more particularly has it: a path or a USB port is before vendor and
product, those are before a name, and "auto" takes what nobody else has named; once who named it has one, others of the
kind are free. Among equals, who comes first takes the first. What is in one USB port is one device, however many device
files it has; so is what shares a device file.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from drivers.errors import DeviceMissing
from drivers.identity import Identity
from drivers.matching import Wanted, wanted

D = TypeVar("D", bound=Identity)


class _Holder(NamedTuple):
    entry: str
    device: Identity


class Claims:
    """The devices of one kind that are taken. `entries`: name to `device` as configured, of all who may take one."""

    def __init__(self, entries: Mapping[str, str] | None = None) -> None:
        self._wishes = {name: wanted(device) for name, device in (entries or {}).items()}
        self._holders: dict[str, _Holder] = {}  # by the device file that was claimed
        self._lock = threading.Lock()  # devices are opened in threads; never held while anything is waited for

    def claim(self, entry: str = "") -> "Claim":
        """The part of one entry; any number of names may be used that were not announced."""
        return Claim(self, entry)

    def take(self, entry: str, wish: Wanted, fitting: Sequence[D], kind: str) -> D:
        """The first of `fitting` that is free and that nobody names more particularly, from now on this entry's."""
        with self._lock:
            for device in fitting:
                if not self._holder(device) and not self._named_better(entry, wish, device):
                    self._holders[device.path] = _Holder(entry, device)
                    return device
            raise DeviceMissing("; ".join([wish.missing(kind), *self._why_not(entry, wish, fitting)]))

    def release(self, path: str) -> None:
        """It is free again."""
        with self._lock:
            self._holders.pop(path, None)

    def _holder(self, device: Identity) -> str:
        """Who has it; empty where nobody has."""
        return next((each.entry for each in self._holders.values() if each.device.is_same(device)), "")

    def _named_better(self, entry: str, wish: Wanted, device: Identity) -> str:
        """Who does and has none yet; empty where nobody does."""
        content = {holder.entry for holder in self._holders.values()} | {entry}
        others = (name for name, other in self._wishes.items() if name not in content and other.by > wish.by)
        return next((name for name in others if self._wishes[name].fits(device)), "")

    def _why_not(self, entry: str, wish: Wanted, fitting: Iterable[Identity]) -> Iterable[str]:
        for device in fitting:
            if holder := self._holder(device):
                yield f"{device.path} is used by {holder} already"
            else:
                yield f"{device.path} is meant for {self._named_better(entry, wish, device)}"


class Claim:
    """What one entry of a configuration may take: one device at a time."""

    def __init__(self, claims: Claims, entry: str) -> None:
        self._claims = claims
        self._entry = entry
        self._path = ""

    def take(self, wish: Wanted, fitting: Sequence[D], kind: str) -> D:
        """The first of `fitting` that this entry may have. DeviceMissing says who has those that it may not."""
        device = self._claims.take(self._entry, wish, fitting, kind)
        self._path = device.path
        return device

    def release(self) -> None:
        """What was taken is free again; nothing happens where nothing was."""
        path, self._path = self._path, ""
        if path:
            self._claims.release(path)
