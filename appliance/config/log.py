"""`[log]`: how much is logged, and to which server it goes as well."""

import re
from typing import Literal

import msgspec

from appliance.language.text import Text, Unusable
from appliance.panel.config import check_pair

PORT = 6514  # RFC 5425, 4.1
AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"  # those that the machine trusts anyhow
_SERVER = re.compile(r"(?P<host>[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)(:(?P<port>\d{1,5}))?", re.IGNORECASE | re.ASCII)
_NAME = re.compile(r"[a-z0-9*]([a-z0-9.-]{0,251}[a-z0-9])?", re.IGNORECASE | re.ASCII)
_PATH = re.compile(r"/[\w./ -]{0,250}", re.ASCII)
"""What can stand in a file of rsyslog as it is: no quotes, no `$`, no `\\`, no end of a line."""


class Log(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[log]`: how much is logged.

    `syslog`: HOST or HOST:PORT of a syslog server that gets the journal over TLS (RFC 5425). `ca`: the file with the
    authority of its certificate; left out, the machine's own. `syslog_name`: the name in that, where it is not HOST.
    `certificate` and `key`: the box's own, for servers that want to know who sends.
    """

    level: Literal["debug", "info", "warning", "error"] = "info"
    syslog: str | None = None
    syslog_name: str | None = None
    ca: str | None = None
    certificate: str | None = None
    key: str | None = None

    def __post_init__(self) -> None:
        """Refuses what is no server, and paths that a file of rsyslog could not say."""
        check_pair(self.certificate, self.key)
        for key in ("syslog_name", "ca", "certificate", "key"):
            if getattr(self, key) is not None and self.syslog is None:
                raise Unusable(Text("mistake.syslog_alone", key=key), key=key, beside="syslog")
        for key in ("ca", "certificate", "key"):
            if (path := getattr(self, key)) is not None and not _PATH.fullmatch(path):
                raise Unusable(Text("mistake.syslog_path", path=path), key=key)
        if self.syslog_name is not None and not _NAME.fullmatch(self.syslog_name):
            raise Unusable(Text("mistake.syslog_server", server=self.syslog_name), key="syslog_name")
        self.server()

    def server(self) -> tuple[str, int] | None:
        """Returns the server's host and port; None where there is none. Raises `Unusable`."""
        if self.syslog is None:
            return None
        found = _SERVER.fullmatch(self.syslog)
        port = PORT if found is None or found["port"] is None else int(found["port"])
        if found is None or not 1 <= port <= 65535:
            raise Unusable(Text("mistake.syslog_server", server=self.syslog), key="syslog")
        return found["host"], port
