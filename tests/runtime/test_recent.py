"""The last lines of the log, as they were logged: bounded, and with nothing that is called a secret."""

import sys
import threading

import pytest
import structlog

from appliance.runtime import logs
from appliance.runtime.recent import KEPT, LONGEST, Recent, Wanted


def logged(recent: Recent, event: str, level: str = "info", **fields: object) -> None:
    recent(None, level, {"event": event, "level": level, **fields})


def texts(recent: Recent) -> list[str]:
    return [line.text for line in recent.after(0)[0]]


def test_only_so_many_lines_of_such_a_length_are_kept() -> None:
    recent = Recent()
    for number in range(KEPT + 5):
        logged(recent, f"event_{number}", reason="x" * 10_000)
    lines, left_out = recent.after(0)
    assert (len(lines), left_out, lines[0].event, recent.last) == (KEPT, 0, "event_5", KEPT + 5)
    assert max(len(line.text) for line in lines) == LONGEST


@pytest.mark.parametrize("key", ["password", "mqtt_password", "token", "client_secret", "psk", "Authorization"])
def test_what_is_called_a_secret_is_left_out(key: str) -> None:
    recent = Recent()
    recent(None, "info", {"event": "event", key: "hunter2", "pin": 17})
    assert texts(recent) == [f"{key}=… pin=17"]


def test_what_was_raised_is_told_by_its_end() -> None:
    recent = Recent()
    try:
        int("what it was")
    except ValueError:
        logged(recent, "service_failed", service="display", exc_info=sys.exc_info())
    assert texts(recent)[0].startswith("service=display")
    assert texts(recent)[0].endswith("'what it was'")


def test_an_unknown_level_counts_as_information() -> None:
    recent = Recent()
    logged(recent, "event", "odd")
    assert len(recent.after(0, wanted=Wanted(level="info"))[0]) == 1
    assert len(recent.after(0, wanted=Wanted(level="warning"))[0]) == 0


def test_threads_may_log_at_the_same_time() -> None:
    recent, told = Recent(10_000), list[int]()
    recent.told = lambda: told.append(1)

    def log() -> None:
        for _ in range(500):
            logged(recent, "event")

    threads = [threading.Thread(target=log) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = [line.number for line in recent.after(0, 10_000)[0]]
    assert numbers == list(range(1, 4001))
    assert len(told) == 4000


def test_what_this_process_logs_is_there_and_what_it_leaves_out_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    before = logs.recent.last
    try:
        logs.configure("info", {}, clock=lambda: 0.0)
        log = structlog.get_logger()
        for _ in range(100):
            log.warning("keypad_loose", reader="lectern")
        log.debug("nothing")
    finally:
        structlog.reset_defaults()
    lines = logs.recent.after(before)[0]
    assert [line.event for line in lines] == ["keypad_loose"] * logs.BURST
    assert capsys.readouterr().err.count("keypad_loose") == logs.BURST
