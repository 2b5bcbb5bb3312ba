"""What differs between two settings of a room, as services that end, begin and stay; knows nothing of what runs.

Three kinds of change, and what becomes of them:

- **A service's own**: it ends and, where the new settings have it, begins again. All others go on.
- **The process's**: `[terminal]`, `[gpio]`, `hardware`, `[log]`, and what systemd and the machine hand over once, at
  the start: nothing here takes these anew, so the process ends once nobody would miss it, and is started again.
- **Neither**: what inputs mean, which reactions there are. Whoever needs it is told (`Parts.become`).
"""

import msgspec

from appliance.run.live.made_of import files_in, made_of
from appliance.run.live.settings import Settings

WHOLE = ("hardware", "gpio", "terminal")
"""Tables that the process takes once."""


class Changes(msgspec.Struct, frozen=True):
    """What differs. `whole`: why the process has to begin anew, as people call it; empty where it need not.

    The others are names of services. `nothing`: the settings are the same.
    """

    whole: tuple[str, ...] = ()
    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    replaced: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()
    nothing: bool = False

    @property
    def ending(self) -> frozenset[str]:
        """The services that end, for good or to begin again."""
        return self.removed | self.replaced


def changes(before: Settings, after: Settings) -> Changes:
    """Returns what differs."""
    former, new = made_of(before), made_of(after)
    both = former.keys() & new.keys()
    same = frozenset(name for name in both if former[name] == new[name])
    return Changes(
        whole=tuple(_whole(before, after)),
        added=frozenset(new.keys() - both),
        removed=frozenset(former.keys() - both),
        replaced=frozenset(both - same),
        same=same,
        nothing=before == after,
    )


def _whole(before: Settings, after: Settings) -> list[str]:
    old, new = before.config, after.config
    tables = [f"[{name}]" for name in WHOLE if getattr(old, name) != getattr(new, name)]
    level = ["[log]"] if old.log.level != new.log.level else []
    secret = ["[terminal]"] if _secret(before) != _secret(after) else []
    handed = [what for what in after.handed if before.handed.get(what) != after.handed[what]]
    return list(dict.fromkeys((*tables, *secret, *level, *handed)))


def _secret(settings: Settings) -> list[object]:
    return [settings.files.get(path) for path in files_in(settings.config.terminal)]
