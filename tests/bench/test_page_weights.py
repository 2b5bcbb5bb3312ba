"""What a page weighs is what a browser fetches for it, each file once."""

from tests.bench.figures import Samples
from tests.bench.maintainer import Asking
from tests.bench.page_weights import fetched_for, weigh_pages

FIRST = b"""<link rel="icon" href="/static/icon.svg"><link rel="stylesheet" href="/static/a.css">
<script type="module" src="/static/page.js"></script><a href="/elsewhere">no</a><img alt="" src="/maintenance/now.png">
<a href="/maintenance" aria-current="page">Health</a><a href="/maintenance/log">Log</a>"""
SITE = {
    "/maintenance": FIRST,
    "/maintenance/log": b"<p>the log</p>" * 100,
    "/maintenance/now.png": b"png",
    "/static/icon.svg": b"<svg/>",
    "/static/a.css": b"p {}",
    "/static/page.js": b'import { a } from "./a.js";\nimport { b } from "./vendor/b.js";\n',
    "/static/a.js": b'import { b } from "./vendor/b.js";\n',
    "/static/vendor/b.js": b'export { a } from "../a.js";\n',
}


class Site(Asking):
    """Answers from memory, and notes what was asked for."""

    def __init__(self) -> None:
        self.asked = list[str]()

    def get(self, path: str) -> bytes:
        self.asked.append(path)
        return SITE[path]


def test_what_a_page_names_and_what_scripts_import_is_fetched_once() -> None:
    site = Site()
    assert fetched_for("/maintenance", site) == {
        path: body for path, body in SITE.items() if path != "/maintenance/log"
    }
    assert len(site.asked) == len(set(site.asked))


def test_every_page_that_the_first_one_leads_to_is_weighed() -> None:
    samples: Samples = {}
    assert weigh_pages(Site(), samples) == ["/maintenance", "/maintenance/log"]
    assert samples["count_page_log_bytes"] == [1400]
    assert samples["count_page_log_requests"] == [1]
    assert samples["count_page_log_gzip"][0] < 60
    assert samples["count_page_health_requests"] == [7]
