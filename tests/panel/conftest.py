import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import trio
from starlette.types import ASGIApp

from appliance.card import certificate
from appliance.panel.certificate import Pair
from appliance.panel.web import serve_web
from tests.panel.client import SERVER_NAME

Serve = Callable[[ASGIApp], Awaitable[tuple[str, int]]]


@pytest.fixture
async def serve(nursery: trio.Nursery) -> Serve:
    async def start(app: ASGIApp, listen: str = "127.0.0.1:0") -> tuple[str, int]:
        addresses: list[tuple[str, int]] = await nursery.start(serve_web, app, listen)
        return addresses[0]

    return start


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
