"""What a device gets wrong is said when it begins and ends, and counted all the time."""

from structlog.testing import capture_logs

from drivers.speakerphone.faults import OVER, Faults
from drivers.speakerphone.reports import Fault


def test_a_fault_is_said_once_however_often_it_comes() -> None:
    faults = Faults("phone")
    with capture_logs() as logs:
        for now in range(1000):
            faults.note(Fault.SHORT, b"\x02", float(now))
    assert [(line["event"], line["fault"], line["report_id"], line["length"]) for line in logs] == [
        ("speakerphone_report_wrong", "short", 2, 1)
    ]


def test_each_kind_is_said_for_itself() -> None:
    faults = Faults("phone")
    with capture_logs() as logs:
        for fault in (*Fault, *Fault):
            faults.note(fault, b"", 1.0)
    assert [line["fault"] for line in logs] == list(Fault)


def test_what_was_in_a_report_is_nobodys_business() -> None:
    with capture_logs() as logs:
        Faults("phone").note(Fault.LONG, b"\x02secret", 0.0)
    assert "secret" not in str(logs)


def test_a_right_report_now_and_then_makes_no_more_lines_than_one_in_a_while() -> None:
    faults = Faults("phone")
    with capture_logs() as logs:
        for now in range(600):
            faults.note(Fault.SHORT if now % 2 else None, b"\x02", float(now))
    assert len(logs) == 1


def test_its_end_is_said_with_the_count_and_a_new_beginning_too() -> None:
    faults = Faults("phone")
    with capture_logs() as logs:
        for now in (0.0, 1.0):
            faults.note(Fault.SHORT, b"\x02", now)
        for now in (OVER, 1.0 + OVER, 2.0 + OVER):
            faults.note(None, b"\x02\x00", now)
        faults.note(Fault.SHORT, b"\x02", 200.0)
    assert [line["event"] for line in logs] == [
        "speakerphone_report_wrong",
        "speakerphone_reports_right_again",
        "speakerphone_report_wrong",
    ]
    assert logs[1]["short"] == 2


def test_at_the_end_the_sum_and_nothing_where_nothing_was_wrong() -> None:
    faults = Faults("phone")
    with capture_logs() as logs:
        faults.sum_up()
        faults.note(Fault.UNKNOWN, b"\x09", 0.0)
        for _ in range(3):
            faults.refused()
        faults.sum_up()
    assert [line["event"] for line in logs] == [
        "speakerphone_report_wrong",
        "speakerphone_refuses_lamps",
        "speakerphone_faults",
    ]
    assert (logs[-1]["unknown"], logs[-1]["refused"]) == (1, 3)
