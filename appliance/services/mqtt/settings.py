"""What the client is told of this room: who it is, where the broker is, and what is wanted of it."""

from collections.abc import Iterable
from typing import Final

from appliance.fleet.mqtt import topics
from appliance.fleet.mqtt.config import MqttConfig
from appliance.fleet.mqtt.link.packets import Filter, Will
from appliance.fleet.mqtt.link.settings import Settings
from appliance.fleet.mqtt.link.stream import Secure
from appliance.fleet.mqtt.topics import AVAILABILITY, OFFLINE, ONLINE, Names
from appliance.terminal.config import place

SESSION: Final = 300  # seconds that a broker keeps what it has for us
WILL_AFTER: Final = 10  # seconds: who is back by then was not gone, and the first wait of 1,000 rooms is shorter


def settings_of(
    config: MqttConfig,
    machine: str,
    names: Names,
    wanted: Iterable[str],
    password: str | None,
) -> Settings:
    """Returns what the client is told.

    Of actions nothing that the broker has kept is wanted; of one that comes now, whether it is to be kept.
    """
    action = names.of(topics.ACTION)
    secure = None
    if config.is_secure:
        files = (config.ca, config.certificate, config.key)
        secure = Secure(*(None if path is None else place(path) for path in files))
    return Settings(
        hosts=config.hosts,
        port=config.where,
        client_id=machine,
        will=Will(names.of(AVAILABILITY), OFFLINE, delay=WILL_AFTER),
        birth=ONLINE,
        filters=tuple(Filter(topic, kept=topic != action, as_published=topic == action) for topic in wanted),
        secure=secure,
        user=config.user or None,
        password=None if password is None else password.encode(),
        keepalive=config.keepalive,
        session_expiry=SESSION,
        rooms=config.rooms,
    )
