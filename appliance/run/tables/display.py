"""`[display]`, the first to show that the box is alive."""

import functools
from collections.abc import Iterator

from appliance.config.schema import Display
from appliance.room.bindings.joins import joins
from appliance.run.parts import Parts
from appliance.runtime.supervisor import Service
from appliance.services.outputs.display import DisplayService


def display(parts: Parts) -> Iterator[Service]:
    """Yields the OLED of `[display]`, which is the first to show that the box is alive."""
    if parts.config.display is not None:
        service = _display(parts, parts.config.display)
        yield Service("display", parts.displays.joined("display", service, service.run), wakes_on="i2c-dev")


def _display(parts: Parts, config: Display) -> DisplayService:
    return DisplayService(
        functools.partial(parts.hardware.display, config),
        parts.store,
        config.policy,
        name=parts.config.room.name,
        address=lambda: parts.address.text,
        clock=parts.clock,
        remark=lambda: parts.card.text or _remark(parts),
        language=parts.language,
        joins=lambda state: joins(parts.buttons, parts.bindings, state),
        said=parts.said,
    )


def _remark(parts: Parts) -> str:
    """Returns why the last update was not to be; nothing where it was."""
    update = parts.store.state.update
    return parts.language.say(update.told) if update.failed else ""
