"""`[time]` as the time zone's link and a file of timesyncd.conf(5)."""

from appliance.card.files import MADE, File, Files, Link
from appliance.card.strict import strict
from appliance.config.machine import Time

ZONE = "etc/localtime"
SERVERS = "etc/systemd/timesyncd.conf.d/offhook.conf"
_TEMPLATE = {"Time": {"NTP": r"[\w.:-]+( [\w.:-]+)*"}}


def zone(time: Time) -> Files:
    """The time zone of everything that shows a clock."""
    return {ZONE: Link(f"/usr/share/zoneinfo/{time.zone}")}


def servers(time: Time) -> Files:
    """The time servers; those of the system and of the network where none is given."""
    if not time.servers:
        return {SERVERS: None}
    return {SERVERS: File(strict(f"{MADE}[Time]\nNTP={' '.join(time.time_servers())}\n", _TEMPLATE))}
