"""What comes next, in every state that there is."""

from itertools import product

import msgspec
import pytest

from appliance.card.update.outcome import came_back, confirmed, gone_wrong, on_its_way, on_trial
from appliance.card.update.plan import Facts, Step, plan
from appliance.card.update.state import Before, Stage, State, Target, changed
from appliance.language.text import Text, verbatim
from appliance.room.update import UpdatePhase, said

BEFORE = Before("A", "0.1.0", "boot 1")
STILL = Facts(slot="A", boot="boot 1")
BACK = Facts(slot="A", boot="boot 2")
NEW = Facts(slot="B", boot="boot 2")
ORDER = (Step.FETCH, Step.VERIFY, Step.WRITE, Step.COMPARE, Step.TRY_SETTINGS, Step.PREPARE_SWITCH)


def state(stage: Stage, *, by_hand: bool = True, before: Before | None = None) -> State:
    return State(target=Target("0.2.0", by_hand=by_hand), stage=stage, before=before)


def test_every_state_and_every_start_has_one_next_step() -> None:
    """The whole table: stages, whether the slots may have been changed, which slot and start it is, who wants it."""
    for stage, before, facts, by_hand in product(Stage, (None, BEFORE), (STILL, BACK, NEW), (True, False)):
        step = plan(state(stage, by_hand=by_hand, before=before), facts)
        switched = before is not None and stage in (Stage.SWITCHING, Stage.SWITCHED)
        if switched and facts is NEW:
            assert step is Step.TRIAL
        elif switched and stage is Stage.SWITCHED and facts is BACK:
            assert step is Step.CAME_BACK
        elif not by_hand:
            assert step is Step.LATER
        elif switched and stage is Stage.SWITCHED:
            assert step is Step.RESTART
        elif switched:
            assert step is Step.SWITCH
        elif stage in (Stage.SWITCHING, Stage.SWITCHED):
            assert step is Step.PREPARE_SWITCH  # what was before it is not known: it is noted again
        else:
            assert step is ORDER[list(Stage).index(stage)]


def test_with_nothing_on_its_way_there_is_nothing_to_do() -> None:
    for stage, facts in product(Stage, (STILL, BACK, NEW)):
        assert plan(State(stage=stage), facts) is Step.NOTHING


def test_the_slot_is_changed_only_by_a_state_in_which_all_was_checked() -> None:
    switches = [stage for stage in Stage if plan(state(stage, before=BEFORE), STILL) is Step.SWITCH]
    assert switches == [Stage.SWITCHING]
    assert [stage for stage in Stage if plan(state(stage, before=BEFORE), STILL) is Step.PREPARE_SWITCH] == [Stage.FITS]


@pytest.mark.parametrize(
    ("window", "minutes"),
    [((120, 300), range(120, 300)), ((1380, 60), (*range(1380, 1440), *range(60))), ((0, 1439), range(1439))],
)
def test_what_it_does_by_itself_waits_for_the_window(window: tuple[int, int], minutes: range) -> None:
    inside = set(minutes)
    for minute in range(1440):
        facts = Facts(slot="A", boot="1", minute=minute, window=window, automatic=True)
        expected = Step.FETCH if minute in inside else Step.LATER
        assert plan(state(Stage.WANTED, by_hand=False), facts) is expected


def test_without_the_time_there_is_no_window() -> None:
    facts = Facts(slot="A", boot="1", minute=None, window=(0, 1439), automatic=True)
    assert plan(state(Stage.WANTED, by_hand=False), facts) is Step.LATER


def test_what_was_asked_for_goes_on_outside_the_window_and_where_nothing_is_automatic() -> None:
    assert plan(state(Stage.WANTED), Facts(slot="A", boot="1", minute=600, window=(120, 300))) is Step.FETCH


def test_a_version_that_works_is_installed_and_no_longer_bad() -> None:
    trial = on_trial(changed(state(Stage.SWITCHED, before=BEFORE), bad={"0.2.0": 1, "0.1.9": 1}), "boot 2", "0.2.0")
    assert (trial.told.phase, trial.trials) == (UpdatePhase.TRIAL, 1)
    done = confirmed(trial, "0.2.0")
    assert (done.target, done.before, done.trials, done.bad) == (None, None, 0, {"0.1.9": 1})
    assert str(done.told.told) == "Version 0.2.0 is installed"
    assert not done.told.failed


def test_starts_are_counted_once_each() -> None:
    first = on_trial(state(Stage.SWITCHED, before=BEFORE), "boot 2", "0.2.0")
    assert on_trial(first, "boot 2", "0.2.0").trials == 1
    assert on_trial(first, "boot 3", "0.2.0").trials == 2


def test_a_box_that_came_back_says_why_and_does_not_try_again_by_itself() -> None:
    wrong = changed(state(Stage.SWITCHED, before=BEFORE), why=said(Text("update.why.ready")))
    back = came_back(wrong, "0.1.0")
    assert str(back.told.told) == ("Version 0.2.0 did not stay, 0.1.0 is back: the service did not become ready")
    assert back.told.failed
    assert back.bad == {"0.2.0": 1}
    assert back.target is None
    assert "it did not start" in str(came_back(state(Stage.SWITCHED, before=BEFORE), "0.1.0").told.told)


def test_only_so_many_bad_versions_are_remembered() -> None:
    box = State()
    for number in range(40):
        box = came_back(changed(box, target=Target(f"0.{number}.0"), before=BEFORE), "0.1.0")
    assert list(box.bad) == [f"0.{number}.0" for number in range(24, 40)]


def test_what_fails_for_good_is_dropped_and_what_may_go_better_stays() -> None:
    box = on_its_way(State(), Target("0.2.0"), Stage.FETCHED, "0.1.0")
    assert (box.told.wanted, box.told.phase) == ("0.2.0", UpdatePhase.INSTALLING)
    good = gone_wrong(box, Step.VERIFY, verbatim("why"), lasting=True)
    assert (good.target, good.bad, good.told.failed) == (None, {"0.2.0": 1}, True)
    assert str(good.told.told) == "Version 0.2.0 was not installed: why"
    later = gone_wrong(box, Step.FETCH, verbatim("no network"), lasting=False)
    assert (later.target, later.bad, later.told.failed) == (box.target, {}, False)


def test_who_waits_for_it_is_told_and_it_is_over() -> None:
    box = on_its_way(State(), Target("0.2.0", by_hand=True), Stage.WANTED, "0.1.0")
    over = gone_wrong(box, Step.FETCH, verbatim("no network"), lasting=False)
    assert (over.target, over.bad, over.told.failed, over.told.wanted) == (None, {}, True, "")


def test_what_was_written_wrong_is_written_again() -> None:
    box = on_its_way(State(), Target("0.2.0"), Stage.WRITTEN, "0.1.0")
    assert gone_wrong(box, Step.COMPARE, verbatim("why"), lasting=False).stage is Stage.VERIFIED


def test_another_version_takes_the_place_of_the_first_whole() -> None:
    old = msgspec.structs.replace(state(Stage.SWITCHED, before=BEFORE), trials=2, why=said(Text("unknown")))
    box = on_its_way(old, Target("0.3.0"), Stage.WANTED, "0.1.0")
    assert (box.before, box.trials, box.why, box.stage) == (None, 0, None, Stage.WANTED)
