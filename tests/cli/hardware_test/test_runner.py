"""Runs: limits, failures, what disturbs, interruptions, and a restart in the middle."""

import json
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import pytest
import trio
from trio.testing import MockClock

from appliance.cli.hardware_test import resume, service
from appliance.cli.hardware_test.bench import Bench, Options
from appliance.cli.hardware_test.checklist import checklist
from appliance.cli.hardware_test.machine import Machine
from appliance.cli.hardware_test.registry import STEPS, chosen
from appliance.cli.hardware_test.report import About, Report
from appliance.cli.hardware_test.run import Run
from appliance.cli.hardware_test.runner import run
from appliance.cli.hardware_test.step import Finding, Step, judged
from appliance.cli.hardware_test.steps.box import watchdog
from appliance.language.text import Text
from appliance.runtime.presence import PREFIX
from drivers.errors import DeviceMissing
from tests.cli.hardware_test.benches import bench, commands, tree
from tests.cli.processes import ROOT

TITLE = Text("hwtest.memory_title")


def step(name: str, act: Callable[[Bench], Awaitable[Finding]], *, disturbs: bool = False) -> Step:
    return Step(name, TITLE, act, limit=10, disturbs=disturbs)


async def well(_bench: Bench) -> Finding:
    await trio.lowlevel.checkpoint()
    return judged([])


async def missing(_bench: Bench) -> Finding:
    async with trio.open_nursery():
        raise DeviceMissing("no display at 0x3c on I2C bus 1")


async def forever(_bench: Bench) -> Finding:
    await trio.sleep_forever()
    raise AssertionError("it never ends")


async def outcomes(made: Bench, *steps: Step) -> list[tuple[str, str, str]]:
    report = Report("en", "", About())
    await run(steps, made, report, lambda _result: None)
    assert report.complete
    return [(each.name, each.outcome, each.why) for each in report.results]


async def test_a_step_that_fails_costs_only_itself(autojump_clock: MockClock) -> None:
    assert await outcomes(bench(), step("a", missing), step("b", forever), step("c", well)) == [
        ("a", "failed", "no display at 0x3c on I2C bus 1"),
        ("b", "failed", "Not done within 10 s."),
        ("c", "passed", ""),
    ]


@pytest.mark.parametrize(
    ("answers", "options", "outcome"),
    [
        ((), Options(attended=False), "skipped"),
        (("n",), Options(), "skipped"),
        (("",), Options(), "skipped"),
        (("y",), Options(), "passed"),
        ((), Options(attended=False, named=frozenset({"a"})), "passed"),
    ],
)
async def test_what_disturbs_is_done_only_when_it_was_asked_for(
    answers: tuple[str, ...], options: Options, outcome: str
) -> None:
    ((_, came, _),) = await outcomes(bench(*answers, options=options), step("a", well, disturbs=True))
    assert came == outcome


async def test_nobody_waits_for_ever_for_an_answer(autojump_clock: MockClock) -> None:
    made = bench()
    assert await made.saw(TITLE) is None
    assert await made.ready(TITLE) is False


def test_steps_are_chosen_by_name_in_their_own_order() -> None:
    assert [each.name for each in chosen(["wifi", "board"])] == ["board", "wifi"]
    assert len(chosen([])) == len(STEPS) == len({each.name for each in STEPS})
    with pytest.raises(ValueError, match="no step wlan; expected board, start"):
        chosen(["wlan"])


def test_the_check_list_of_the_documentation_is_made_of_the_steps() -> None:
    page = (ROOT / "docs/image.md").read_text()
    assert checklist() in page
    assert all(f"- [ ] `{each.name}`: " in checklist() for each in STEPS)


def test_what_restarts_the_box_comes_last() -> None:
    assert [each.name for each in STEPS if each.disturbs] == [STEPS[-1].name] == ["watchdog"]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return tree(tmp_path / "root", {"proc/sys/kernel/random/boot_id": "second", "proc/net/unix": ""})


def report_of(path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(path.with_suffix(".json").read_text())
    return found


def test_an_interrupted_run_has_let_go_and_says_what_it_knows(machine: Machine, tmp_path: Path) -> None:
    let_go: list[bool] = []

    async def interrupted(_bench: Bench) -> Finding:
        try:
            signal.raise_signal(signal.SIGINT)
            return await forever(_bench)
        finally:
            let_go.append(True)

    to = tmp_path / "report.md"
    steps = [step("a", well), step("b", interrupted), step("c", well)]
    assert Run(bench(machine=machine), steps, to, tmp_path / "state").run() == 1
    assert let_go == [True]
    report = msgspec.json.decode(to.with_suffix(".json").read_bytes(), type=Report)
    assert ([each.name for each in report.results], report.complete) == (["a"], False)
    assert "not complete" in to.read_text()


def test_a_whole_run_is_done_unless_a_step_failed(machine: Machine, tmp_path: Path) -> None:
    made = bench(machine=machine)
    assert Run(made, [step("a", well)], None).run() == 0
    assert Run(made, [step("a", missing)], None).run() == 1


def test_a_run_goes_on_after_the_restart(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    state, to = tmp_path / "state.json", tmp_path / "report"
    tree(tmp_path / "root", {"sys/class/watchdog/watchdog0/identity": "x", watchdog.CLOCK_SET: ""})
    first = Machine(machine.root, commands({"systemctl show": "RuntimeWatchdogUSec=14s\n"}))
    made = bench(machine=first, options=Options(attended=False, named=frozenset({"watchdog"})))

    class PowerGoneError(BaseException):
        pass

    def hang() -> None:
        (machine.root / "proc/sys/kernel/random/boot_id").write_text("third")
        raise PowerGoneError

    made.hardware = type(made.hardware)(hang=hang)
    with pytest.raises(BaseExceptionGroup):
        Run(made, [step("a", well), watchdog.STEP], to, state).run()
    assert [each["name"] for each in report_of(to)["results"]] == ["a"]  # type: ignore[attr-defined]  # JSON
    interrupted = resume.taken(state)
    assert interrupted is not None
    assert resume.taken(state) is None, "it would be continued twice"
    monkeypatch.setattr(watchdog, "kernel_began", lambda: interrupted.hung.at + 21)
    again = bench(machine=machine, options=Options(attended=False))
    assert Run(again, chosen([]), None, state).run(interrupted) == 0
    report = msgspec.json.decode(to.with_suffix(".json").read_bytes(), type=Report)
    assert [(each.name, each.outcome) for each in report.results] == [("a", "passed"), ("watchdog", "passed")]
    assert report.results[-1].figures[0].value == 21
    assert report.complete
    assert "continues" in again._person.said[0]  # type: ignore[attr-defined]  # the fake's


@pytest.mark.parametrize("content", [None, "", "{", '{"report": 1}', "\0" * 100])
def test_a_state_that_makes_no_sense_is_none(content: str | None, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    if content is not None:
        state.write_text(content)
    assert resume.taken(state) is None
    assert not state.exists()


def test_a_room_that_runs_keeps_its_devices_unless_somebody_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    acts: list[str] = []
    monkeypatch.setattr(service, "stopped", lambda: _noted(acts))
    root = tree(tmp_path, {"proc/net/unix": f"0000: 00000002 00000000 00010000 0001 01 1 @{PREFIX}7/room/443/admin\n"})
    machine = Machine(root.root, commands({"systemctl is-active": "active"}))
    needs = Step("a", TITLE, well, 10, devices=True)
    assert Run(bench(machine=machine, options=Options(attended=False)), [needs], None).run() == 1
    assert Run(bench("n", machine=machine), [needs], None).run() == 1
    assert acts == []
    assert Run(bench("y", machine=machine), [needs], None).run() == 0
    assert acts == ["stopped", "started"]
    assert Run(bench(machine=machine, options=Options(attended=False)), [step("b", well)], None).run() == 0


class _noted:  # noqa: N801  # stands for a function
    def __init__(self, acts: list[str]) -> None:
        self._acts = acts

    def __enter__(self) -> None:
        self._acts.append("stopped")

    def __exit__(self, *_: object) -> None:
        self._acts.append("started")


def test_the_service_is_started_again_whatever_happens() -> None:
    acts: list[str] = []
    with pytest.raises(KeyboardInterrupt), service.stopped(acts.append):
        raise KeyboardInterrupt
    assert acts == ["stop", "start"]
