"""`[fleet]`: where the card fetches its own `room.toml`, and whose signature it must have."""

from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from appliance.config.tables.enrol import EnrolConfig
from appliance.config.tables.ssh_keys import wrong_with
from appliance.language.text import Text, Unusable


class FleetConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[fleet]`; `url`: the folder on a web server that has a file for each box, left out: the network says.

    `signers`: public SSH keys, one of which must have signed what is fetched. `enrol`: who gives the box a certificate.
    """

    url: str | None = None
    signers: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=8)]
    enrol: EnrolConfig | None = None

    def __post_init__(self) -> None:
        """Refuses an address that is not encrypted, and signers who could sign nothing."""
        if self.url is not None and not is_folder(self.url):
            raise Unusable(Text("mistake.fleet_url", url=self.url[:200]), key="url")
        for number, key in enumerate(self.signers, 1):
            if why := next(wrong_with(key), None):
                raise Unusable(Text("mistake.signer", number=number, why=why), key="signers")


def is_folder(url: str) -> bool:
    """Whether an address is that of a folder on a web server that may be asked: https, no password, no query."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme == "https" and bool(parts.hostname) and not parts.query and not parts.fragment
        return usable and url.isprintable() and (parts.port or 1) > 0 and "@" not in parts.netloc and " " not in url
    except ValueError:
        return False
