import ast
import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import structlog

from appliance.runtime import logs

ROOT = Path(__file__).parents[2]
ONE_STYLE = ("appliance", "drivers/gpio", "drivers/keypad", "drivers/oled", "drivers/speakerphone", "drivers/visca")


@contextmanager
def standard_error(folder: Path) -> Iterator[Path]:
    """The file that standard error is, for as long as the context lasts."""
    path = folder / "stderr"
    with path.open("w", buffering=1) as stderr, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", stderr)
        yield path


def journal(path: Path) -> dict[str, str]:
    """The environment in which systemd says that this file is the journal."""
    there = path.stat()
    return {"JOURNAL_STREAM": f"{there.st_dev}:{there.st_ino}"}


def test_in_the_journal_a_line_has_its_priority_and_no_time(tmp_path: Path) -> None:
    with standard_error(tmp_path) as said:
        logs.configure("debug", journal(said))
        log = structlog.get_logger()
        log.debug("looked")
        log.info("link_up", app_state="IDLE", reason=None)
        log.warning("link_down", reason="no answer", empty="", text='say "a=b"', names=["a", "b"])
        log.error("lost")
    assert said.read_text().splitlines() == [
        "<7>looked",
        "<6>link_up app_state=IDLE",
        '<4>link_down reason="no answer" empty="" text="say \\"a=b\\"" names="[\'a\', \'b\']"',
        "<3>lost",
    ]


def test_parts_that_flap_for_months_do_not_push_out_why_the_link_went_down(tmp_path: Path) -> None:
    """On the card the journal has 16 MB; a line costs it some hundred bytes more than it has itself (its fields).

    What is played here is a twentieth of three months: four and a half days in which each part fails every minute.
    """
    now = iter(range(0, 10_000_000_000, 10))
    with standard_error(tmp_path) as said:
        logs.configure("info", journal(said), lambda: float(next(now)))
        log = structlog.get_logger()
        log.warning("link_down", reason="the terminal does not answer")
        for number in range(90 * 24 * 60 // 20):
            for service in ("keypad", "speakerphone", "display"):
                log.warning("service_failed", service=service, reason=f"went away for the {number}th time")
                log.info("service_back", service=service)
    lines = said.read_text().splitlines()
    assert lines[0].startswith("<4>link_down")
    assert sum(len(line) + 700 for line in lines) < 16_000_000 / 20
    assert {line.split()[1] for line in lines[1:]} == {"service=keypad", "service=speakerphone", "service=display"}
    assert re.search(r"service_failed service=keypad reason=.* not_logged=\d+$", "\n".join(lines), re.MULTILINE)


def test_what_the_link_does_is_always_told_and_debug_leaves_nothing_out(tmp_path: Path) -> None:
    with standard_error(tmp_path) as said:
        logs.configure("info", journal(said), lambda: 0.0)
        for _ in range(100):
            structlog.get_logger().warning("link_down", reason="no answer")
        logs.configure("debug", journal(said), lambda: 0.0)
        for _ in range(100):
            structlog.get_logger().info("service_back", service="keypad")
    assert len(said.read_text().splitlines()) == 200


def test_in_the_journal_a_trace_is_one_line(tmp_path: Path) -> None:
    with standard_error(tmp_path) as said:
        logs.configure("info", journal(said))
        try:
            int("first\nsecond")
        except ValueError as error:
            structlog.get_logger().warning("service_failed", exc_info=error)
    (line,) = said.read_text().splitlines()
    assert line.startswith('<4>service_failed exception="Traceback (most recent call last): | File ')
    assert line.endswith("| ValueError: invalid literal for int() with base 10: 'first\\\\nsecond'\"")


def test_elsewhere_a_line_has_the_time_and_no_colours_unless_a_person_looks(tmp_path: Path) -> None:
    with standard_error(tmp_path) as said:
        logs.configure("info", {"JOURNAL_STREAM": "8:4711"})  # inherited from whoever started our shell
        structlog.get_logger().info("link_up", app_state="IDLE")
    assert re.fullmatch(r"\d\d:\d\d:\d\d \[info *\] link_up +app_state=IDLE\n", said.read_text())


def test_without_a_file_behind_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)
    logs.configure("info", {"JOURNAL_STREAM": "8:4711"})
    structlog.get_logger().info("link_up")
    assert "link_up" in stderr.getvalue()


@pytest.mark.parametrize(("level", "heard"), [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)])
def test_the_level_decides_what_is_said(level: str, heard: int, tmp_path: Path) -> None:
    with standard_error(tmp_path) as said:
        logs.configure(level, {})
        for method in ("debug", "info", "warning", "error"):
            getattr(structlog.get_logger(), method)("event")
    assert len(said.read_text().splitlines()) == heard


@pytest.mark.parametrize("in_journal", [True, False])
def test_what_a_terminal_says_neither_breaks_the_line_nor_moves_the_cursor(tmp_path: Path, in_journal: bool) -> None:
    with standard_error(tmp_path) as said:
        logs.configure("info", journal(said) if in_journal else {})
        structlog.get_logger().info("refused", text="no\n<0>panic\x1b[2J\udcff")
    (line,) = said.read_text().splitlines()
    assert "\x1b" not in line
    assert "panic" in line
    assert line.isprintable()


def events() -> Iterator[tuple[str, str]]:
    """Where something is logged and under which name, where that is written out."""
    for folder in ONE_STYLE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if not isinstance(node, ast.Call) or _beginning(node) != "log":
                    continue
                if node.args and isinstance(node.args[0], ast.Constant):
                    yield f"{os.path.relpath(path, ROOT)}:{node.lineno}", str(node.args[0].value)


def _beginning(node: ast.expr) -> str:
    """Returns the name that calls of methods, one behind the other, begin with."""
    while isinstance(node, ast.Call | ast.Attribute):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def test_events_have_names_that_can_be_searched_for() -> None:
    found = dict(events())
    assert len(found) > 20
    assert {place: name for place, name in found.items() if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", name)} == {}
