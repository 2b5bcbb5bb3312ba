"""What is noted of deeds: bounded, and without anything that could break a line."""

from datetime import UTC, datetime

import trio.testing

from appliance.maintain.audit import BATCH, LOST, MOST, RECENT, Audit, Entry

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
AT = NOW.timestamp()


def audit() -> Audit:
    return Audit(lambda: NOW)


def test_the_same_deed_again_is_counted_until_it_is_written() -> None:
    one = audit()
    for _ in range(3):
        one.note("crestron", "ptzLeft", by="program")
    one.note("crestron", "ptzStop", by="program")
    assert one.take() == (
        Entry(AT, "crestron", "ptzLeft", "program", times=3),
        Entry(AT, "crestron", "ptzStop", "program"),
    )
    one.note("crestron", "ptzLeft", by="program")
    assert one.take() == (Entry(AT, "crestron", "ptzLeft", "program"),)


def test_the_newest_come_first_whether_they_are_written_or_not() -> None:
    one = audit()
    one.remember([Entry(1.0, "anna", "log_in")])
    one.note("boris", "restart")
    one.take()
    one.note("clara", "log_out")
    assert [entry.who for entry in one.last()] == ["clara", "boris", "anna"]
    assert [entry.who for entry in one.last(1)] == ["clara"]


def test_what_was_noted_before_the_files_were_read_is_newer() -> None:
    one = audit()
    one.note("boris", "restart")
    one.take()
    one.remember([Entry(1.0, "anna", "log_in")])
    assert [entry.who for entry in one.last()] == ["boris", "anna"]


def test_what_is_too_much_is_counted() -> None:
    one = audit()
    for number in range(MOST + 7):
        one.note(f"program {number}", "call")
    taken = one.take()
    assert len(taken) == MOST + 1
    assert taken[-1] == Entry(AT, "", LOST, times=7)
    for number in range(2 * RECENT):
        one.note(f"program {number}", "call")
        one.take()
    assert len(one.last(10 * RECENT)) == RECENT


def test_words_from_outside_break_nothing() -> None:
    one = audit()
    one.note("a\nb\x1b[2J" + "c" * 1000, "d" * 1000, about="e\u2028" + "f" * 1000)
    (entry,) = one.take()
    assert entry.who.isprintable()
    assert entry.about.isprintable()
    assert (len(entry.who), len(entry.what), len(entry.about)) == (64, 64, 160)


def test_without_a_time_of_day_none_is_claimed() -> None:
    one = Audit(lambda: None)
    one.note("anna", "log_in")
    assert one.take()[0].at == 0


async def test_a_write_is_due_after_a_minute_or_soon(autojump_clock: trio.testing.MockClock) -> None:
    one, began = audit(), trio.current_time()
    one.note("crestron", "call")
    await one.due(began)
    assert trio.current_time() == began + BATCH
    one.take()
    one.note("anna", "restart", soon=True)
    await one.due(trio.current_time())
    assert trio.current_time() == began + BATCH
