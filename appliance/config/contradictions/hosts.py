"""Addresses in a `room.toml` that could never work: hosts that no name server knows, ports that nobody may use."""

import ipaddress
import re
from collections.abc import Iterator
from typing import Any

from appliance.config.document import Contradiction, tables
from appliance.language.text import Text

_PRIVILEGED = range(1, 1024)  # need CAP_NET_BIND_SERVICE, which offhook.service does not have
_LABEL = re.compile(r"[^\W_]([\w-]{0,61}\w)?|_\w([\w-]{0,60}\w)?")
_NUMBERS = re.compile(r"[\d.]+")
_SCOPE = re.compile(r"%[\w.-]{1,15}")  # a network interface


def host_contradictions(document: dict[str, Any]) -> Iterator[Contradiction]:
    """Yields hosts and ports that cannot be used."""
    terminal = document.get("terminal")
    host = terminal.get("host") if isinstance(terminal, dict) else None
    if isinstance(host, str) and host and (why := _why_not(host)):
        yield ("terminal", "host"), why
    places: list[tuple[tuple[str, ...], object]] = [
        ((name,), document.get(name)) for name in ("panel", "share", "metrics")
    ]
    places += [(("visca", name), entry) for name, entry in tables(document, "visca")]
    for key, table in places:
        for name in ("listen", "listen_tls"):
            if isinstance(table, dict) and (port := _port(table.get(name))) in _PRIVILEGED:
                yield (*key, name), Text("mistake.privileged_port", port=port)


def _port(listen: object) -> int:
    """The port of an address to listen on; 0 where it has none, which is said elsewhere."""
    found = re.search(r"[^:]:(\d{1,5})$", listen, re.ASCII) if isinstance(listen, str) else None
    return int(found[1]) if found else 0


def _why_not(host: str) -> Text | None:
    if "/" in host or host != host.strip():
        alone = re.sub(r"^\s*[\w+.-]*:?//", "", host).split("/")[0].strip()
        return Text("mistake.host_alone", given=host, host=alone) if alone else Text("mistake.host", given=host)
    if host.startswith("["):
        return Text("mistake.host_alone", given=host, host=host[1:].split("]", maxsplit=1)[0])
    if host.count(":") == 1:
        return Text("mistake.host_port", given=host, host=host.split(":", maxsplit=1)[0])
    if ":" in host:
        return None if _is_address(_SCOPE.sub("", host, count=1)) else Text("mistake.host", given=host)
    if _NUMBERS.fullmatch(host):
        return None if _is_address(host) else Text("mistake.host_address", given=host)
    known = all(_LABEL.fullmatch(label) for label in host.removesuffix(".").split("."))
    return None if known else Text("mistake.host", given=host)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return "%" not in text
