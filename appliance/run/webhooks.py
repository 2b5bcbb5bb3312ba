"""`[webhooks.NAME]` of a room that is built."""

from collections.abc import Iterator
from functools import partial

import trio

from appliance.hooks.message import Sender
from appliance.run.named import named
from appliance.run.parts import Parts
from appliance.runtime.machine import machine_id
from appliance.runtime.supervisor import Condition, Health, Service


def webhooks(parts: Parts) -> Iterator[Service]:
    """Yields a service for each of `[webhooks]`: one receiver that is away costs no other."""
    events, hooks = parts.happenings, parts.config.webhooks
    if events is None or not hooks:
        return
    from appliance.services.webhook import Here, WebhookService  # noqa: PLC0415  # who has none need not wait for its libraries

    sender = Sender(parts.config.room.name, machine_id() or "")
    for name, config in hooks.items():
        service = named("webhook", name)
        here = Here(events, parts.clock, sender, partial(_report, parts, service))
        yield Service(service, WebhookService(name, config, here).run)


def _report(parts: Parts, service: str, reason: str) -> None:
    """Shows a hook that runs and does not get through as offline, with the reason."""
    health = Health(Condition.OFFLINE, reason) if reason else Health(Condition.READY)
    parts.conditions.change(service, health, trio.current_time())
    parts.store.service_is(service, online=not reason)
