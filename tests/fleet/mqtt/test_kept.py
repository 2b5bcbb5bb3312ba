"""What a broker keeps of a room that is no longer so named: cleared, and never another box's."""

import msgspec
import pytest

from appliance.fleet.mqtt.kept import MOST, Ghosts, Kept
from appliance.fleet.mqtt.topics import Names

NAMES = Names("hq", "neptune")
SAID = [f"{NAMES.prefix}availability", f"{NAMES.prefix}view/call"]


def test_what_is_said_is_no_ghost_and_is_remembered() -> None:
    ghosts = Ghosts(NAMES, Kept(tuple(SAID)), SAID)
    assert (ghosts.ours, ghosts.identities) == ((), ())
    assert ghosts.kept().topics == tuple(sorted(SAID))


def test_a_part_that_is_not_said_any_more_is_cleared_at_once() -> None:
    gone = f"{NAMES.prefix}view/old"
    ghosts = Ghosts(NAMES, Kept((*SAID, gone)), SAID)
    assert ghosts.ours == (gone,)
    assert gone in ghosts.kept().topics, "until that has been said"
    assert ghosts.cleared().topics == tuple(sorted(SAID))


def test_what_other_programs_were_told_is_cleared_at_once() -> None:
    gone = "homeassistant/device/machine/config"
    assert Ghosts(NAMES, Kept((gone,)), SAID).ours == (gone,)


def test_a_name_of_before_is_cleared_only_when_its_identity_is_ours() -> None:
    old = ("offhook/hq/mars/availability", "offhook/hq/mars/view/call", "offhook/hq/mars/identity")
    other = ("offhook/hq/venus/availability",)
    ghosts = Ghosts(NAMES, Kept((*old, *other)), SAID)
    assert ghosts.ours == ()
    assert ghosts.identities == ("offhook/hq/mars/identity", "offhook/hq/venus/identity")
    assert ghosts.cleared_by("offhook/hq/mars/identity") == old
    assert ghosts.cleared_by("offhook/hq/pluto/identity") == ()
    assert {*old, *other, *SAID} == set(ghosts.kept().topics)


def test_the_list_is_bounded() -> None:
    many = tuple(f"offhook/hq/room{number}/availability" for number in range(MOST))
    assert len(Ghosts(NAMES, Kept(many), SAID).kept().topics) == MOST
    assert set(SAID) <= set(Ghosts(NAMES, Kept(many), SAID).kept().topics)


@pytest.mark.parametrize("topics", ['["offhook/#"]', '["a/+/b"]', '[""]', "[1]", '["' + "x" * 401 + '"]'])
def test_a_list_that_could_clear_more_is_not_read(topics: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(f'{{"topics": {topics}}}', type=Kept)
