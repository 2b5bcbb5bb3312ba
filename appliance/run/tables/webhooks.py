"""`[webhooks.NAME]` of a room that is built."""

from collections.abc import Iterator
from functools import partial

import trio

from appliance.hooks.message import Sender
from appliance.run.named import named
from appliance.run.parts import Parts
from appliance.runtime.machine import machine_id
from appliance.runtime.supervisor import Condition, Health, Service
from appliance.services.programs.webhook import Here, WebhookService


def webhook_services(parts: Parts) -> Iterator[Service]:
    """Yields a service for each of `[webhooks]`: one receiver that is away costs no other.

    Raises `AssertionError` where the configuration has none.
    """
    events = parts.happenings
    assert events is not None  # noqa: S101  # whoever asks has looked
    sender = Sender(parts.config.room.name, machine_id() or "")
    for name, config in parts.config.webhooks.items():
        service = named("webhook", name)
        here = Here(events, parts.clock, sender, partial(_report, parts, service))
        yield Service(service, WebhookService(name, config, here).run)


def _report(parts: Parts, service: str, reason: str) -> None:
    """Shows a hook that runs and does not get through as offline, with the reason."""
    health = Health(Condition.OFFLINE, reason) if reason else Health(Condition.READY)
    parts.conditions.change(service, health, trio.current_time())
    parts.store.service_is(service, online=not reason)
