"""What `[panel]` in the configuration says."""

import msgspec

from appliance.runtime.web.listen import parse_listen


class PanelConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[panel]`: where the status page listens; without this table there is none.

    With `certificate` and `key`, which are files (PEM), it is served over HTTPS and in no other way. A file
    `credential:NAME` is the credential NAME of the service (systemd.exec(5), LoadCredential=).
    """

    listen: str
    certificate: str | None = None
    key: str | None = None

    def __post_init__(self) -> None:
        """Refuses an address that nothing could listen on, and one of two files that go together."""
        parse_listen(self.listen)
        for name, other in (("certificate", "key"), ("key", "certificate")):
            if getattr(self, name) == "":
                raise ValueError(f"`{name}` is empty; expected a file, or leave both out for plain HTTP")
            if getattr(self, name) is not None and getattr(self, other) is None:
                raise ValueError(f"`{name}` needs `{other}` beside it; leave both out for plain HTTP")
