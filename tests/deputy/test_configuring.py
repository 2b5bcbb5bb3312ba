"""A configuration on trial: what it may say, that it returns unless it is kept, and that nobody overwrites another."""

import pytest

from appliance.config.edit.proposal import mark_of
from appliance.deputy.requests import Configure, Conflicting, Done, Keep, Read, Refused, Return, Wrong
from appliance.deputy.trial import TRIAL, begin, give_up, trial_of
from tests.deputy.conftest import NEW, OLD, Box

SSH = '[ssh]\nkeys = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJqh9Wyn0xkOxFBzXkMfIAwBDBbkLbjL2Gb4sGkq0Yvj me"]\n'


def refused(answer: object) -> str:
    assert isinstance(answer, Refused), answer
    return answer.text.key


def test_what_is_read_has_no_secret_and_the_mark_of_the_real_text(box: Box) -> None:
    read = box.read()
    assert read.text == OLD.replace("OLD1", "(kept)")
    assert (read.trial, read.refused) == (None, None)
    assert box.configure(read.text.replace("Neptune", "Saturn"), read.mark) == Done()
    assert box.text == NEW


def test_a_text_that_is_no_toml_shows_no_secret_either(box: Box) -> None:
    box.place.file.write_text(f"{OLD}[\n")
    assert box.read().text == f"{OLD}[\n".replace("OLD1", "(kept)")
    assert box.configure(NEW) == Done()
    assert box.text == NEW


def test_a_configuration_is_on_trial_until_it_is_kept(box: Box) -> None:
    assert box.configure(NEW) == Done()
    assert box.machine.did == ["settle", "arm 60", "reload"]
    assert box.read().trial == 60
    box.machine.later(59)
    assert box.ask(Keep()) == Done()
    assert (box.text, box.left(), box.read().trial) == (NEW, set(), None)
    box.machine.later(2)
    box.machine.settle()
    assert box.text == NEW


def test_after_its_minute_the_one_before_returns(box: Box) -> None:
    box.configure(NEW)
    box.machine.later(60)
    del box.machine.did[:]
    box.machine.settle()
    assert (box.text, box.left()) == (OLD, set())
    assert box.machine.did == ["settle", "reload"]
    assert refused(box.ask(Keep())) == "deputy.no_trial"


def test_a_unit_that_is_started_too_early_takes_nothing_back(box: Box) -> None:
    box.configure(NEW)
    box.machine.later(30)
    del box.machine.did[:]
    box.machine.settle()
    assert (box.text, box.left(), box.machine.did) == (NEW, {"trial.json"}, ["settle"])


def test_a_restart_of_the_machine_ends_the_trial(box: Box) -> None:
    box.configure(NEW)
    box.machine.restarted()
    assert refused(box.ask(Keep())) == "deputy.no_trial"
    box.machine.settle()
    assert (box.text, box.left()) == (OLD, set())


def test_it_returns_at_once_when_somebody_wants_it(box: Box) -> None:
    box.configure(NEW)
    assert box.ask(Return()) == Done()
    assert (box.text, box.left()) == (OLD, set())
    assert box.machine.did[-1] == "disarm"
    assert box.ask(Return()) == Done()


def test_what_is_given_up_while_it_is_written_returns(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    def given_up_meanwhile(text: str) -> None:
        box.place.file.write_text(text)
        if text == NEW:
            assert give_up(box.place)

    monkeypatch.setattr(box.place, "write", given_up_meanwhile)
    box.configure(NEW)
    assert (box.text, box.left()) == (OLD, set())


def test_what_is_not_written_yet_cannot_be_kept(box: Box) -> None:
    begin(box.place, OLD, NEW, "maintainer")
    assert refused(box.ask(Keep())) == "deputy.no_trial"
    assert box.left() == {"trial.json"}


def test_its_minute_begins_when_it_is_written(box: Box) -> None:
    begin(box.place, OLD, NEW, "maintainer")
    box.machine.later(50)
    box.machine.settle()
    assert box.read().trial == 60


def test_one_trial_at_a_time(box: Box) -> None:
    box.configure(NEW)
    assert refused(box.configure(NEW.replace("Saturn", "Mars"))) == "deputy.on_trial"
    assert box.text == NEW
    assert box.ask(Keep()) == Done()
    assert box.configure(NEW.replace("Saturn", "Mars")) == Done()


def test_a_trial_that_was_forgotten_returns_before_another_begins(box: Box) -> None:
    box.configure(NEW)
    box.machine.later(100)
    assert refused(box.configure(NEW)) == "deputy.on_trial"
    assert box.text == OLD
    assert box.configure(NEW) == Done()


def test_a_trial_that_nobody_can_read_is_said(box: Box) -> None:
    box.configure(NEW)
    (box.place.state / TRIAL).write_bytes(b"{}")
    for request in (Read(), Keep()):
        answer = box.ask(request)
        assert refused(answer) == "deputy.failed"
        assert "trial.json cannot be read" in str(answer)
    assert box.text == NEW


def test_who_comes_second_sees_what_the_first_has_changed(box: Box) -> None:
    mark = box.read().mark
    box.place.file.write_text(OLD.replace("Neptune", "Mars"))
    answer = box.configure(NEW, mark)
    assert isinstance(answer, Conflicting)
    assert answer.mark == box.read().mark
    assert '+name = "Mars"' in answer.difference
    assert "OLD1" not in answer.difference
    assert "Mars" in box.text


def test_a_mistake_is_said_with_its_line_and_changes_nothing(box: Box) -> None:
    answer = box.configure(NEW.replace("name =", "nam ="))
    assert isinstance(answer, Wrong)
    assert [(each.line, each.key) for each in answer.mistakes] == [(5, "room.name"), (6, "room.nam")]
    assert (box.text, box.machine.did) == (OLD, [])


@pytest.mark.parametrize(
    ("more", "table"),
    [
        (SSH, "ssh"),
        ('[update]\nurl = "https://example.com/evil"\n', "update"),
        (f'[fleet]\nurl = "https://example.com/"\nsigners = [{SSH.split("[", 2)[2].rstrip()[:-1]}]\n', "fleet"),
    ],
)
def test_who_is_root_is_not_decided_here(box: Box, more: str, table: str) -> None:
    answer = box.configure(NEW + more)
    assert isinstance(answer, Refused), answer
    assert (answer.text.key, answer.text.params) == ("deputy.guarded", {"table": table})
    assert box.text == OLD


def test_nor_is_it_taken_away(box: Box) -> None:
    box.place.file.write_text(OLD + SSH)
    assert refused(box.configure(NEW)) == "deputy.guarded"
    assert box.configure(NEW + "# as before\n" + SSH) == Done()


def test_an_inline_table_is_one_too(box: Box) -> None:
    keys = SSH.partition("\n")[2].strip()
    assert refused(box.configure(f"ssh = {{ {keys} }}\n{NEW}")) == "deputy.guarded"


def test_a_box_of_a_fleet_is_changed_at_its_server(box: Box) -> None:
    fleet = OLD + f"[fleet]\nsigners = [{SSH.split('[', 2)[2].rstrip()[:-1]}]\n"
    box.place.file.write_text(fleet)
    read = box.read()
    assert read.refused is not None
    assert read.refused.key == "deputy.fleet"
    assert refused(box.configure(fleet.replace("Neptune", "Saturn"))) == "deputy.fleet"


def test_a_file_that_is_named_is_not_opened_by_root(box: Box) -> None:
    text = NEW.replace('pin = "OLD1"', 'pin_file = "/etc/shadow"')
    assert box.configure(text) == Done()  # the firmware will say that it cannot read it


def test_a_link_is_not_followed(box: Box) -> None:
    other = box.root / "other.toml"
    other.write_text(OLD)
    box.place.file.unlink()
    box.place.file.symlink_to(other)
    assert refused(box.ask(Read())) == "deputy.no_file"


@pytest.mark.parametrize("verb", ["arm", "settle"])
def test_a_machine_that_refuses_leaves_the_one_before(box: Box, verb: str) -> None:
    box.machine.fails = {verb}
    assert refused(box.configure(NEW)) == "deputy.failed"
    box.machine.fails = set()
    box.machine.settle()
    assert (box.text, box.left()) == (OLD, set())


def test_the_same_text_is_no_trial(box: Box) -> None:
    assert box.configure(box.read().text) == Done()
    assert (box.machine.did, box.left()) == ([], set())


def test_what_the_service_reads_belongs_to_its_group_alone(box: Box) -> None:
    box.configure(NEW)
    assert box.place.file.stat().st_mode & 0o777 == 0o640
    assert (box.place.state / "trial.json").stat().st_mode & 0o777 == 0o600


def test_a_card_is_left_to_its_own_unit_and_gets_its_secrets_back(card: Box) -> None:
    store = card.place.store
    (store / "offhook.pin").write_text("OLD1\n")
    card.place.file.write_text(OLD.replace("OLD1", "(kept)"))
    before = card.text
    assert card.configure(NEW.replace("OLD1", "NEW2")) == Done()
    assert 'pin = "NEW2"' in card.text
    card.place.file.write_text(NEW.replace("OLD1", "(kept)"))  # as applying it does
    (store / "offhook.pin").write_text("NEW2\n")
    (store / "offhook.mqtt").write_text("also new\n")
    card.machine.later(60)
    card.machine.settle()
    assert card.text == before
    assert {path.name: path.read_text() for path in store.iterdir()} == {"offhook.pin": "OLD1\n"}


def test_a_name_with_odd_characters_is_one_line_of_the_journal(box: Box) -> None:
    assert box.ask(Configure(NEW, mark_of(OLD), "a\nb\x1b[31m" + "x" * 500)) == Done()
    found = trial_of(box.place)
    assert found is not None
    assert found.who.startswith(r"a\nb\x1b[31mx")
    assert len(found.who) == 80
