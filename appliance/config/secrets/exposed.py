"""Secrets and keys that everybody on the machine can read: no mistake, since the room works, and worth a word."""

import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from appliance.calendar.config import CalendarConfig
from appliance.config.network.secrets import given as given_secrets
from appliance.config.schema import Config
from appliance.config.share import ShareConfig
from appliance.config.tables.metrics import MetricsConfig
from appliance.fleet.mqtt.config import MqttConfig
from appliance.hooks.config import HookConfig
from appliance.language.text import Text
from appliance.terminal.config import KEPT, SECRETS, place


class Exposed(msgspec.Struct, frozen=True):
    """A secret in the open: `key` is where the configuration has it, or names its file; `path` is that file."""

    key: str
    path: Path

    @property
    def text(self) -> Text:
        """What to tell a person."""
        return Text("warning.exposed", key=self.key, path=str(self.path))


def exposed(config: Config, path: Path) -> tuple[Exposed, ...]:
    """Returns the secrets that everybody can read; `path` is the configuration's own file. Blocks."""
    return tuple(each for each in _secrets(config, path) if _is_open(each.path))


def _secrets(config: Config, path: Path) -> Iterator[Exposed]:
    for name in SECRETS:
        given = getattr(config.terminal, name)
        if given is not None and given != KEPT:
            yield Exposed(f"terminal.{name}", place(given) if name.endswith("_file") else path)
    if config.room.lock_pin is not None:
        yield Exposed("room.lock_pin", path)
    if config.room.lock_pin_file is not None:
        yield Exposed("room.lock_pin_file", place(config.room.lock_pin_file))
    for key, value in given_secrets({"network": msgspec.to_builtins(config.network)}):
        if value != KEPT:
            yield Exposed(".".join(key), path)
    if config.panel is not None and config.panel.key is not None:
        yield Exposed("panel.key", place(config.panel.key))
    if config.share is not None:
        yield from _of_share(config.share, path)
    if config.mqtt is not None:
        yield from _of_mqtt(config.mqtt, path)
    yield from _of_metrics(config.metrics)
    yield from _of_calendar(config.calendar, path)
    yield from _of_webhooks(config.webhooks, path)


def _of_calendar(config: CalendarConfig | None, path: Path) -> Iterator[Exposed]:
    if config is not None and config.ics is not None:
        yield Exposed("calendar.ics", path)  # who knows the address can read the calendar
    for key in ("ics_file", "password_file"):
        if (given := getattr(config, key, None)) is not None:
            yield Exposed(f"calendar.{key}", place(given))


def _of_webhooks(hooks: Mapping[str, HookConfig], path: Path) -> Iterator[Exposed]:
    for name, hook in hooks.items():
        if hook.secret is not None:
            yield Exposed(f"webhooks.{name}.secret", path)
        for key in ("secret_file", "url_file"):
            if (given := getattr(hook, key)) is not None:
                yield Exposed(f"webhooks.{name}.{key}", place(given))


def _of_metrics(config: MetricsConfig | None) -> Iterator[Exposed]:
    for key in ("token_file", "key"):
        if (given := getattr(config, key, None)) is not None:
            yield Exposed(f"metrics.{key}", place(given))


def _of_share(config: ShareConfig, path: Path) -> Iterator[Exposed]:
    for name, client in config.clients.items():
        if client.is_kept:
            continue
        key = client.secret_key
        yield Exposed(f"share.clients.{name}.{key}", place(getattr(client, key)) if key.endswith("_file") else path)
    if config.key is not None:
        yield Exposed("share.key", place(config.key))


def _of_mqtt(config: MqttConfig, path: Path) -> Iterator[Exposed]:
    if config.password not in {None, KEPT}:
        yield Exposed("mqtt.password", path)
    if config.password_file is not None:
        yield Exposed("mqtt.password_file", place(config.password_file))
    if config.key is not None:
        yield Exposed("mqtt.key", place(config.key))


def _is_open(path: Path) -> bool:
    """Returns whether others may read a file, and pass all the folders to it; what is not there is not."""
    try:
        real = path.resolve(strict=True)
        passed = all(folder.stat().st_mode & stat.S_IXOTH for folder in real.parents)
        return passed and bool(real.stat().st_mode & stat.S_IROTH)
    except (OSError, ValueError):
        return False
