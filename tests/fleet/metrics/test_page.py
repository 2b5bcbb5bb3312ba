"""Who may read the page, in which form, how often it is written, and what it costs a room that has none."""

import secrets
import shutil
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.metrics_core import Metric
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from appliance.fleet.box import ENDED
from appliance.fleet.metrics import declared
from appliance.fleet.metrics.counts import Histogram
from appliance.fleet.metrics.page import OPEN, TEXT, Page, wanted
from appliance.fleet.metrics.readings import Value
from appliance.fleet.metrics.scraped import Scraped
from appliance.panel.certificate import Pair
from tests.fleet.metrics.scraping import METRICS, a_scraped_room, scrape
from tests.panel.conftest import pair, trusting  # noqa: F401  # fixtures
from tests.runtime.web.client import get
from tests.virtual_time import passes

PROMETHEUS = (
    "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
    "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
)


async def test_a_token_is_needed_where_there_is_one(clock: object, tmp_path: Path) -> None:
    token = secrets.token_urlsafe()
    (tmp_path / "token").write_text(f"{token}\n")
    table = METRICS + f'token_file = "{tmp_path}/token"\n'
    async with a_scraped_room(metrics_table=table) as scraped:
        for wrong in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {token}"}):
            answer = await scrape(scraped.port, **wrong)
            assert answer.status == 401
            assert answer.headers["www-authenticate"] == "Bearer"
            assert "offhook_" not in answer.text
        assert (await scrape(scraped.port, Authorization=f"Bearer {token}")).status == 200


async def test_whoever_is_not_allowed_is_not_heard(clock: object) -> None:
    table = METRICS + 'allow = ["192.0.2.0/24"]\n'
    async with (
        a_scraped_room(metrics_table=table) as scraped,
        await trio.open_tcp_stream("127.0.0.1", scraped.port) as stream,
    ):
        assert not await stream.receive_some()


async def test_an_allowed_address_is_heard(clock: object) -> None:
    async with a_scraped_room(metrics_table=METRICS + 'allow = ["192.0.2.7", "127.0.0.0/8"]\n') as scraped:
        assert (await scrape(scraped.port)).status == 200


async def test_over_https(clock: object, pair: Pair, trusting: ssl.SSLContext) -> None:  # noqa: F811  # the fixtures
    table = METRICS + f'certificate = "{pair.certificate}"\nkey = "{pair.key}"\n'
    async with a_scraped_room(metrics_table=table) as scraped:
        answer = await get(("127.0.0.1", scraped.port), "/metrics", tls=trusting)
        assert answer.status == 200
        [line] = [each for each in answer.body.decode().splitlines() if each.startswith(declared.CERTIFICATE.name)]
        shown = await trio.to_thread.run_sync(_not_after, pair.certificate)
        name, value = line.split()
        assert (name, float(value)) == (f'{declared.CERTIFICATE.name}{{table="metrics"}}', shown)


def _not_after(path: Path) -> int:
    """What openssl says of it."""
    command = [str(shutil.which("openssl")), "x509", "-enddate", "-noout", "-in", str(path)]
    told = subprocess.run(command, capture_output=True, text=True)
    return ssl.cert_time_to_seconds(told.stdout.strip().partition("=")[2])


async def test_there_is_nothing_else(clock: object) -> None:
    async with a_scraped_room() as scraped:
        for target in ("/", "/health", "/state", "/metrics/"):
            assert (await scrape(scraped.port, target)).status in {404, 307}


async def test_the_form_that_prometheus_asks_for(clock: object) -> None:
    async with a_scraped_room() as scraped:
        answer = await scraped.scrape(Accept=PROMETHEUS)
        assert answer.headers["content-type"].startswith("application/openmetrics-text; version=1.0.0")
        parse: Callable[[str], Iterator[Metric]] = text_string_to_metric_families
        parsed = parse(answer.text)
        families = {family.name: family for family in parsed}
        known = {metric.name: metric for metric in (*declared.ALL, *declared.PROCESS)}
        assert set(families) <= set(known)
        assert all(families[name].type == known[name].kind for name in families)
        assert all(
            families[metric.name].documentation == metric.help for metric in declared.ALL if metric.name in families
        )
        assert answer.text.endswith("# EOF\n")
        assert "_created" not in answer.text


async def test_why_it_was_started(clock: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    boot = (await trio.Path("/proc/sys/kernel/random/boot_id").read_text()).strip()
    for note, reason in (
        (f"{boot} watchdog\n", "watchdog"),
        ("another-boot success\n", "boot"),
        (f"{boot} x", "unknown"),
    ):
        await trio.Path(tmp_path / ENDED).write_text(note)
        async with a_scraped_room() as scraped:
            assert await scraped.value("offhook_start_info", reason=reason) == 1


async def test_a_crowd_costs_one_page(autojump_clock: object) -> None:
    written: list[str] = []

    async def write(form: str) -> tuple[bytes, str]:
        written.append(form)
        await trio.sleep(1)
        return f"page {len(written)}".encode(), "text/plain"

    pages: list[bytes] = []
    scraped = Scraped(write, wanted, None)

    async def ask() -> None:
        pages.append((await scraped.page(""))[0])

    async with trio.open_nursery() as nursery:
        for _ in range(100):
            nursery.start_soon(ask)
    assert (pages, written) == ([b"page 1"] * 100, [TEXT])
    await passes(3.9)
    await ask()
    assert len(written) == 1
    await passes(2)
    await ask()
    assert pages[-1] == b"page 2"


async def test_a_writer_that_failed_is_asked_again(autojump_clock: object) -> None:
    async def write(_form: str) -> tuple[bytes, str]:
        if not failures:
            return b"page", "text/plain"
        raise failures.pop()

    failures = [OSError("no")]
    scraped = Scraped(write, wanted, None)
    with pytest.raises(OSError, match="no"):
        await scraped.page("")
    assert await scraped.page("") == (b"page", "text/plain")


@given(st.text())
def test_whatever_a_client_accepts_there_is_a_form(accept: str) -> None:
    assert wanted(accept) in {TEXT, OPEN}


@pytest.mark.parametrize(
    "accept",
    ["application/openmetrics-text; version=99.0.0\r\nX: y", "text/plain; version=abc", "application/openmetrics-text"],
)
def test_versions_that_clients_make_up_reach_nobody(accept: str) -> None:
    text, content_type = Page().write([Value(declared.LINK_UP, (), 1)], (), 0.0, wanted(accept))
    assert b"offhook_link_up 1.0\n" in text
    assert "99" not in content_type
    assert "\r" not in content_type


def test_the_library_starts_no_thread() -> None:
    before = threading.active_count()
    Page().write([], (), 0.0, TEXT)
    assert threading.active_count() == before


def test_who_has_no_metrics_does_not_wait_for_the_library() -> None:
    code = "import sys, appliance.run.process, appliance.run.tables.metrics; print('prometheus_client' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert told.stdout == "False\n", told.stderr


@given(st.lists(st.floats(min_value=0, max_value=10)))
def test_the_buckets_of_a_histogram(values: list[float]) -> None:
    histogram = Histogram()
    for value in values:
        histogram.observe(value)
    for (name, count), bound in zip(histogram.buckets(), (*declared.BUCKETS, float("inf")), strict=True):
        assert count == sum(value <= bound for value in values)
        assert float(name.replace("+Inf", "inf")) == bound
    assert histogram.sum == pytest.approx(sum(values))


def test_names_and_labels_keep_the_rules() -> None:
    every = (*declared.ALL, *declared.PROCESS)
    assert len({each.name for each in every}) == len(every)
    for each in every:
        assert each.name.startswith("offhook_")
        assert not each.name.endswith(("_total", "_info", "_ms", "_percent"))
        assert each.help.endswith((".", "…."))
        assert not set(each.labels) & {"peer", "name", "room", "site", "id", "address", "reason_text"}
