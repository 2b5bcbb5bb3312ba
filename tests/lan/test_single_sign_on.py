"""docs/examples/apache-openidc.conf as it stands, but for names and paths: Apache, a provider, and a whole box."""

import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

import httpx2
import pytest
import trio
import trio_websocket

from appliance.access.roles import Role
from appliance.panel.certificate import Pair
from appliance.runtime.web.server import serve_web
from tests.eventually import until_written
from tests.lan.box import HOST, TOKENS, Lan
from tests.lan.network import BOX, PATH, needs_a_network
from tests.lan.provider import SECRET, Provider
from tests.runtime.https_server import Authority
from tests.virtual_time import real

APACHE = shutil.which("apache2", path=PATH)
MODULES: Final = Path("/usr/lib/apache2/modules")
pytestmark = [
    pytest.mark.slow,
    *needs_a_network,
    pytest.mark.skipif(
        APACHE is None or not (MODULES / "mod_auth_openidc.so").exists(),
        reason="Apache is missing: apt install apache2 libapache2-mod-auth-openidc",
    ),
]

SITE: Final = Path(__file__).parents[2] / "docs/examples/apache-openidc.conf"
LOADED: Final = (
    *("mpm_event", "authz_core", "authz_user", "authn_core", "ssl", "headers", "proxy", "proxy_http"),
    *("proxy_wstunnel", "socache_shmcb", "auth_openidc"),
)
AT: Final = "localhost:8444"
AROUND: Final = """
ServerName localhost
User www-data
Group www-data
Listen 8444
PidFile {folder}/pid
ErrorLog {folder}/error.log
LogLevel warn
DefaultRuntimeDir {folder}
"""


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    """A certificate for the box's address: nothing here knows its name."""
    return Pair(*Authority(tmp_path / "authority").pair("box", f"IP:{BOX},DNS:localhost"))


def written(folder: Path, pair: Pair, provider: Provider) -> Path:
    """Apache's configuration: the example with the names and paths of this test."""
    secrets = folder / "secrets"
    secrets.write_text(
        f"Define OFFHOOK_TOKEN {TOKENS[Role.MAINTAIN][1]}\nDefine OIDC_SECRET {SECRET}\nDefine OIDC_COOKIES any\n"
    )
    site = SITE.read_text()
    for example, here in {
        "/etc/apache2/room-12.secrets": secrets,
        "*:443": "*:8444",
        "room-12.example.com": "localhost",
        "/etc/apache2/room-12.pem": pair.certificate,
        "/etc/apache2/room-12.key": pair.key,
        "/etc/apache2/box-12.pem": folder / "authority/authority.pem",
        "https://login.example.com": provider.url,
        "box-12.example.com:8443": HOST,
    }.items():
        assert example in site
        site = site.replace(example, str(here))
    modules = "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in LOADED)
    made = folder / "apache.conf"
    made.write_text(modules + AROUND.format(folder=folder) + site)
    return made


@asynccontextmanager
async def in_front(folder: Path, pair: Pair) -> AsyncIterator[Provider]:
    """Apache as it is configured, in front of the box, and a provider."""
    provider = Provider(folder)
    async with trio.open_nursery() as nursery:
        ((host, port), *_) = await nursery.start(partial(serve_web, provider.app, "127.0.0.1:0"))
        provider.url = f"http://{host}:{port}"
        command = [str(APACHE), "-D", "FOREGROUND", "-f", str(written(folder, pair, provider))]
        with subprocess.Popen(command, cwd=folder) as process:  # noqa: ASYNC220  # trio's threads may be in another network
            try:
                await trio.to_thread.run_sync(until_written, folder, (folder / "pid").exists)  # it listens by then
                yield provider
            finally:
                process.terminate()
        nursery.cancel_scope.cancel()


def browser() -> httpx2.AsyncClient:
    """Keeps cookies, follows redirects; the certificate is that of a test."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return httpx2.AsyncClient(verify=context, follow_redirects=True, base_url=f"https://{AT}", timeout=30)


async def first_of(client: httpx2.AsyncClient, path: str) -> str:
    """The first message of a live connection, as a page of the same browser opens it."""
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    extra = [(b"Cookie", cookies.encode()), (b"Origin", f"https://{AT}".encode())]
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    tcp = await trio.open_tcp_stream("127.0.0.1", 8444)
    async with trio.SSLStream(tcp, context, https_compatible=True) as stream, trio.open_nursery() as nursery:
        live = await trio_websocket.wrap_client_stream(nursery, stream, AT, path, extra_headers=extra)
        with trio.fail_after(real(30)):
            message = str(await live.get_message())
        nursery.cancel_scope.cancel()
    return message


async def test_who_is_in_the_group_maintains_the_box_and_others_see_nothing(
    lan: Lan, tmp_path: Path, pair: Pair
) -> None:
    async with in_front(tmp_path, pair) as provider:
        async with browser() as anna:
            page = await anna.get("/maintenance")
            assert (page.status_code, "Neptune" in page.text) == (200, True)
            assert str(page.url) == f"https://{AT}/maintenance"
            assert (await anna.get("/api/v1/audit")).status_code == 200
            done = await anna.post("/api/v1/actions", json={"do": "mute on"}, headers={"Origin": f"https://{AT}"})
            assert done.status_code == 200
            assert "clock" in await first_of(anna, "/maintenance/live")
            foreign = {"Origin": "https://evil.example.com"}
            assert (await anna.post("/api/v1/actions", json={"do": "mute on"}, headers=foreign)).status_code == 403
        provider.user, provider.groups = "boris", ["sales"]
        async with browser() as boris:
            assert (await boris.get("/maintenance")).status_code in {401, 403}
            assert (await boris.get("/health")).status_code in {401, 403}
        async with browser() as stranger:
            stranger.follow_redirects = False
            shown = {"Authorization": f"Bearer {TOKENS[Role.MAINTAIN][1]}"}
            for path in ("/maintenance", "/state", "/api/v1/audit"):
                sent = await stranger.get(path, headers=shown)
                assert sent.status_code == 302
                assert sent.headers["location"].startswith(f"{provider.url}/authorize")
