from appliance.runtime.rarely import Rarely


def test_what_happens_on_and_on_is_let_through_now_and_then_and_counted() -> None:
    rarely = Rarely(every=60, burst=2)
    assert [rarely.kept_back("a", now) for now in (0, 1, 2, 3, 62, 63, 123)] == [0, 0, None, None, 2, None, 1]
    assert rarely.kept_back("b", 3) == 0


def test_what_was_quiet_for_long_is_new_again() -> None:
    rarely = Rarely(every=60, burst=2)
    assert [rarely.kept_back("a", now) for now in (0, 1, 2, 1000, 1001, 1002)] == [0, 0, None, 1, 0, None]


def test_the_number_of_things_is_bounded() -> None:
    rarely = Rarely()
    for number in range(10_000):
        assert rarely.kept_back(number, 0) == 0
    assert len(rarely._seen) == 256
