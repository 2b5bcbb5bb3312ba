"""`[metrics]`: where Prometheus finds the room's figures, and who may read them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec

from appliance.config.document import Contradiction
from appliance.config.words import words_of
from appliance.language.text import Text, Unusable
from appliance.panel.config import check_listen, check_names, check_pair, is_here
from appliance.terminal.config import CREDENTIAL_STORE, CredentialsError, secret_in
from drivers.errors import about
from drivers.visca.config import Allowed

LEAST = 16  # characters of a token, as of one of [share]: programs do not mind how long it is


class MetricsConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[metrics]`: where `/metrics` listens.

    `allow`: addresses or networks that may read it; nobody else is heard. `token_file`: the file with the token that
    has to be shown (`Authorization: Bearer …`). Beyond this machine one of the two is needed. With `certificate` and
    `key` it is served over HTTPS and in no other way. `names`: as in `[panel]`.
    """

    listen: str = "127.0.0.1:9650"
    allow: Annotated[tuple[str, ...], msgspec.Meta(max_length=64)] = ()
    token_file: str | None = None
    certificate: str | None = None
    key: str | None = None
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuses what nothing could listen on, and figures that everybody on the network could read."""
        check_listen("listen", self.listen)
        check_pair(self.certificate, self.key)
        check_names(self.names)
        with about("allow"):
            Allowed(self.allow)
        if not self.allow and self.token_file is None and not is_here(self.listen):
            raise Unusable(Text("mistake.metrics_open", listen=self.listen), key="listen", beside="allow")

    def secret(self, store: Path = CREDENTIAL_STORE) -> str | None:
        """Returns the token from its file; None: none is needed. Raises `CredentialsError` and `Unusable`."""
        if self.token_file is None:
            return None
        token = secret_in("token_file", self.token_file, store)
        if len(token) < LEAST or len(set(token)) == 1:
            raise Unusable(Text("mistake.share_weak_secret", key="token_file", least=LEAST), key="token_file")
        return token


def metrics_contradictions(document: dict[str, Any], store: Path | None) -> Iterator[Contradiction]:
    """Yields a token that cannot be read, or is too short; `store`: None elsewhere than on the box."""
    table = document.get("metrics")
    if store is None or not isinstance(table, dict):
        return
    try:
        msgspec.convert(table, MetricsConfig).secret(store)
    except msgspec.ValidationError:
        return  # `read` has said so
    except (CredentialsError, Unusable) as error:
        yield ("metrics", "token_file"), words_of(error)
