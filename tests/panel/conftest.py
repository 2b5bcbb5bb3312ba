import ssl
from pathlib import Path

import pytest

from appliance.card import certificate
from appliance.panel.certificate import Pair
from tests.runtime.web.client import SERVER_NAME
from tests.runtime.web.serving import Serve, serve

__all__ = ["Serve", "serve"]


def made_pair(root: Path) -> Pair:
    """A certificate for `SERVER_NAME` and its key, as a box makes them."""
    (root / "etc").mkdir(parents=True)
    (root / "etc/hostname").write_text(SERVER_NAME.removesuffix(".local") + "\n")
    assert certificate.ensure(root)
    return Pair(root / certificate.CERTIFICATE, root / certificate.KEY)


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return made_pair(tmp_path / "machine")


@pytest.fixture
def trusting(pair: Pair) -> ssl.SSLContext:
    """A client that trusts this certificate and no other, and is as strict as clients are."""
    context = ssl.create_default_context(cafile=str(pair.certificate))
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context
