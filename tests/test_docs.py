"""What the documentation says works, and what it generates is up to date."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import msgspec
import pytest

from appliance.config.load import parse
from appliance.config.schema import Config
from appliance.room.actions import GRAMMAR
from tests.language.catalogues import catalogue

ROOT = Path(__file__).parent.parent
SMALLEST = '[room]\nname = "Neptune"\n[terminal]\nhost = "192.0.2.1"\n'
"""What a part of a configuration needs to be one."""

AT_THE_TOP = [ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "SECURITY", "CHANGELOG")]
PAGES = [*AT_THE_TOP, *sorted((ROOT / "docs").glob("*.md"))]
EVERY_PAGE = [*AT_THE_TOP, *sorted((ROOT / "docs").rglob("*.md"))]


def toml_blocks(page: str) -> list[str]:
    return re.findall(r"```toml\n(.*?)```", (ROOT / page).read_text(), re.DOTALL)


@pytest.mark.parametrize("page", ["README.md", "docs/configuration.md"])
def test_configurations_in_the_documentation_work(page: str) -> None:
    blocks = toml_blocks(page)
    assert blocks
    for block in blocks:
        assert parse(block if "[room]" in block else SMALLEST + block, Path(page)).room.name == "Neptune"


def test_the_configuration_of_the_russian_quick_start_works() -> None:
    (block,) = toml_blocks("docs/ru/quick-start.md")
    room = parse(block, Path("room.toml")).room
    assert (room.name, room.language) == ("Нептун", "ru")


def test_the_russian_quick_start_says_what_the_display_says() -> None:
    said = "\n".join(str(entry.string) for entry in catalogue(ROOT / "appliance/language/ru.po"))
    _, _, table = (ROOT / "docs/ru/quick-start.md").read_text().partition("## Что показывает экран")
    first = [line.split("|")[1] for line in table.splitlines() if line.startswith("| «")]
    labels = [label for cell in first for label in re.findall(r"«(.*?)»", cell)]
    assert labels
    assert [label for label in labels if label not in said] == []


def test_every_key_of_the_configuration_is_in_its_documentation() -> None:
    page = (ROOT / "docs/configuration.md").read_text()
    undocumented = [key for key in keys_of_everything() if not re.search(rf"\b{key}\b", page)]
    assert undocumented == []


def keys_of_everything() -> set[str]:
    """Every key that `room.toml` may have, in whatever table: found from the schema itself."""
    found: set[str] = set()
    seen: set[type] = set()
    waiting: list[object] = [msgspec.inspect.type_info(Config)]
    while waiting:
        info = waiting.pop()
        if isinstance(info, msgspec.inspect.StructType):
            if info.cls in seen:
                continue
            seen.add(info.cls)
            found |= {field.encode_name for field in info.fields}
            waiting += [field.type for field in info.fields]
        elif isinstance(info, msgspec.inspect.DictType):
            waiting.append(info.value_type)
        elif isinstance(info, msgspec.inspect.UnionType):
            waiting += info.types
        elif isinstance(info, msgspec.inspect.CollectionType):
            waiting.append(info.item_type)
    return found


@pytest.mark.parametrize("action", GRAMMAR)
def test_every_action_is_in_the_documentation(action: str) -> None:
    assert f"`{action.split(maxsplit=1)[0]}" in (ROOT / "docs/configuration.md").read_text()


@pytest.mark.slow
def test_generated_pages_are_up_to_date() -> None:
    outcome = subprocess.run([sys.executable, "scripts/docs.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stdout


def links() -> list[tuple[str, str]]:
    found = [(page, link) for page in EVERY_PAGE for link in re.findall(r"\]\(([^)#]+)\)", page.read_text())]
    return [(str(page.relative_to(ROOT)), link) for page, link in found if not link.startswith("http")]


def test_links_lead_somewhere() -> None:
    assert len(links()) > 150
    assert [(page, link) for page, link in links() if not ((ROOT / page).parent / link).exists()] == []


WRITTEN_FOR = re.compile(r"\b(installer|administrator|integrator|contributor|maintainer|everybody|whoever)s?\b")


@cache
def headings(page: Path) -> set[str]:
    """The anchors of a page, as GitHub makes them of its headings."""
    found = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


def links_to_headings() -> list[tuple[Path, str, str]]:
    return [
        (page, target, anchor)
        for page in EVERY_PAGE
        for target, anchor in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", page.read_text())
    ]


def test_links_lead_to_headings() -> None:
    found = [(page.parent / target if target else page, page, anchor) for page, target, anchor in links_to_headings()]
    assert len(found) > 80
    assert [(str(page), anchor) for target, page, anchor in found if anchor not in headings(target)] == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "README.md"], ids=lambda page: page.name)
def test_a_page_says_for_whom_it_is(page: Path) -> None:
    first = page.read_text().split("\n\n")[1]
    assert WRITTEN_FOR.search(first)


@pytest.mark.parametrize("page", sorted(path.name for path in (ROOT / "docs").glob("*.md")))
def test_the_readme_lists_every_page(page: str) -> None:
    elsewhere = {"call-states.md": "docs/behaviour.md"}  # a drawing of one page
    assert f"({page})" in (ROOT / elsewhere[page]).read_text() if page in elsewhere else True
    assert page in elsewhere or f"(docs/{page})" in (ROOT / "README.md").read_text()


FROM_THE_MESSAGES = "Generated by `make docs` from the message types."  # one line for each docstring, however long
BY_HAND = [page for page in EVERY_PAGE if FROM_THE_MESSAGES not in page.read_text()]


@pytest.mark.parametrize("page", BY_HAND, ids=lambda page: str(page.relative_to(ROOT)))
def test_lines_are_at_most_120_columns_wide(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)
    assert [line for line in text.splitlines() if len(line) > 120 and not line.startswith(("|", "!["))] == []
