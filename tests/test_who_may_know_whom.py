"""The rules of the house: which package may import which."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# package → what of this project it may import; the longest matching prefix counts
MAY_KNOW: dict[str, tuple[str, ...]] = {
    "drivers": ("drivers",),
    "appliance.terminal.messages": ("appliance.terminal.messages",),
    "appliance.terminal": ("appliance.terminal", "appliance.runtime.backoff"),
    "appliance.terminal.command": ("appliance.terminal", "appliance.runtime.logs"),
    "appliance.room": ("appliance.room", "appliance.terminal.messages"),
    "appliance.display": ("appliance.display", "appliance.room", "appliance.terminal.messages"),
    "appliance.panel": ("appliance.panel", "appliance.room", "appliance.runtime.web"),
    "appliance.fleet": ("appliance.fleet", "appliance.room"),
    "appliance.simulator": (
        "appliance.simulator",
        "appliance.terminal.messages",
        "appliance.runtime.web",  # the demo page is served as the panel is
        "appliance.runtime.followed",
        "appliance.runtime.logs",
        "drivers",  # its virtual hardware
    ),
    "appliance.restart": ("appliance.runtime.followed", "appliance.room"),
    "appliance.runtime": ("appliance.runtime",),
    "appliance.config_toml": (),
    "appliance.config_contradictions": (
        "appliance.config_keypads",
        "appliance.room",
        "appliance.terminal.config",
        "drivers",
    ),
    "appliance.config_keypads": ("appliance.room", "drivers.keypad"),
    "appliance.inventory": ("drivers",),
    "appliance.inventory_room": ("appliance.config", "appliance.inventory", "drivers"),
    "appliance.devices": (
        "appliance.cli",
        "appliance.runtime.logs",
        "appliance.inventory",
        "appliance.inventory_room",
        "appliance.devices_try",
    ),
    "appliance.devices_try": ("appliance.console", "drivers"),
    "appliance.console": (),
    "appliance.wiring": ("appliance.config", "drivers"),
    "appliance.wiring_picture": ("appliance.wiring", "drivers"),
    "appliance.wiring_command": ("appliance.cli", "appliance.wiring", "appliance.wiring_picture"),
    "appliance.visca_command": ("appliance.runtime.logs", "drivers"),
    "appliance.card": (
        "appliance.card",
        "appliance.cli",
        "appliance.config",
        "appliance.config_toml",
        "appliance.runtime.logs",
        "appliance.panel.certificate",
        "appliance.panel.config",
        "appliance.runtime.web.listen",
        "appliance.terminal.config",
        "drivers",  # the addresses that controllers come to
    ),
    "appliance.card.sections": ("appliance.terminal.config",),
    "appliance.config": (
        "appliance.card.sections",
        "appliance.config",
        "appliance.config_toml",
        "appliance.config_contradictions",
        "appliance.config_keypads",
        "appliance.terminal.config",
        "appliance.room",
        "appliance.display",
        "appliance.panel",
        "drivers",
    ),
    "appliance.services": (
        "appliance.services",
        "appliance.config",
        "appliance.runtime",
        "appliance.terminal",
        "appliance.room",
        "appliance.display",
        "appliance.panel",
        "drivers",
    ),
}
NO_IO = ("appliance.terminal.messages", "appliance.room", "appliance.display")
DOES_IO = {
    "trio",
    "socket",
    "asyncio",
    "threading",
    "subprocess",
    "time",
    "ssl",
    "select",
    "serial",
    "evdev",
    "gpiozero",
}
ONLY_APP_KNOWS = "appliance.services"


def modules() -> Iterator[tuple[str, ast.Module]]:
    for package in ("appliance", "drivers"):
        for path in sorted((ROOT / package).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            yield name, ast.parse(path.read_text())


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def rule_for(name: str) -> tuple[str, ...] | None:
    matching = [package for package in MAY_KNOW if within(name, package)]
    return MAY_KNOW[max(matching, key=len)] if matching else None


MODULES = dict(modules())


def is_ours(name: str) -> bool:
    """Whether an imported name is a module or package of this project (not a name inside one)."""
    return name in MODULES and name not in {"appliance", "drivers"}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_what_its_room_may_know(name: str) -> None:
    allowed = rule_for(name)
    if allowed is None:
        pytest.fail(f"{name} has no rule") if name not in TOP else None
        return
    wrong = [known for known in imports(MODULES[name]) if is_ours(known) and not any(within(known, a) for a in allowed)]
    # a package that holds only allowed modules may be named on the way to one
    wrong = [known for known in wrong if not any(a.startswith(known + ".") for a in allowed)]
    assert not wrong, f"{name} may not know {wrong}"


# the top of the house knows everything below it
TOP = {
    "appliance",
    "appliance.app",
    "appliance.cli",
    "appliance.demo",
    "appliance.recover",
    "appliance.virtual",
    "appliance.__main__",
    "drivers",
}


@pytest.mark.parametrize("name", [name for name in MODULES if any(within(name, package) for package in NO_IO)])
def test_protocol_room_and_pages_do_no_io_and_have_no_clock(name: str) -> None:
    assert not {known.split(".")[0] for known in imports(MODULES[name])} & DOES_IO


@pytest.mark.parametrize("name", MODULES)
def test_only_the_top_knows_services(name: str) -> None:
    if name in TOP or within(name, ONLY_APP_KNOWS):
        return
    assert not [known for known in imports(MODULES[name]) if within(known, ONLY_APP_KNOWS)]


def test_the_rules_would_notice() -> None:
    tree = ast.parse("from appliance.room import state\nimport drivers.gpio")
    known = set(imports(tree))
    assert "appliance.room.state" in known
    assert not any(within("appliance.room.state", allowed) for allowed in MAY_KNOW["drivers"])
