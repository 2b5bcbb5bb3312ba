"""Static files of a package: what browsers keep, and what a page fetches at once."""

import re
from importlib import resources

import pytest

from appliance.runtime.web.answers import web_app
from appliance.runtime.web.assets import IMPORT, asset_route, mark_of, modules_of
from tests.runtime.web.client import Address, get
from tests.runtime.web.serving import Serve

PACKAGE = "appliance.panel"
MARK = mark_of(PACKAGE)


@pytest.fixture
async def address(serve: Serve) -> Address:
    return await serve(web_app([asset_route(PACKAGE)]))


async def test_what_has_the_mark_is_kept_for_ever(address: Address) -> None:
    marked, plain = [await get(address, f"/static/{path}live.js") for path in (f"{MARK}/", "")]
    assert marked.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["cache-control"] == "no-cache"
    assert marked.body == plain.body
    assert marked.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("path", ["0123456789abcdef/live.js", f"{MARK}/{MARK}/live.js", f"{MARK}/nothing.js", MARK])
async def test_what_has_another_mark_is_not_there(address: Address, path: str) -> None:
    assert (await get(address, f"/static/{path}")).status == 404


@pytest.mark.parametrize("script", ["panel.js", "door.js"])
def test_all_that_a_script_imports_is_known(script: str) -> None:
    """Counted in another way: whatever a module names in quotes that begin with a dot, types left out."""
    static = resources.files(PACKAGE).joinpath("static")
    modules = modules_of(PACKAGE, script)
    assert "vendor/preact.js" in modules
    assert len(set(modules)) == len(modules)
    named = set[str]()
    for module in (script, *modules):
        text = re.sub(r"import\(.*?\)", "", static.joinpath(module).read_text())
        folder = module.rpartition("/")[0]
        named |= {f"{folder}/{name}".lstrip("/") for name in re.findall(r'(?:from|import)\s*"\./([^"]+)"', text)}
    assert named == set(modules)


@pytest.mark.parametrize(
    ("text", "imports"),
    [
        ('import "./a.js";\n', ["./a.js"]),
        ('import { a,\n  b } from "./a.js";\n', ["./a.js"]),
        ("export * from '../b.js';\n", ["../b.js"]),
        ('const s = `import "./a.js"`;\n/** @type {import("./view").View} */\n', []),
        ('import a from "./a.js";\nimport{b}from"./b.js";\n', ["./a.js", "./b.js"]),
    ],
)
def test_what_an_import_looks_like(text: str, imports: list[str]) -> None:
    assert IMPORT.findall(text) == imports
