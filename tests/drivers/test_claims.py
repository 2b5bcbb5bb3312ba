import itertools

import pytest

from drivers.claims import Claims
from drivers.errors import DeviceMissing
from drivers.identity import Identity
from drivers.matching import wanted

LEFT = Identity(path="/dev/hidraw0", name="Jabra", product="0b0e:0412", port="1-1.2")
RIGHT = Identity(path="/dev/hidraw1", name="Jabra", product="0b0e:0412", port="1-1.3")
LADDER = ["auto", "jabra", "0b0e:0412", "1-1.2"]


def take(claims: Claims, entry: str, device: str, *there: Identity) -> str:
    wish = wanted(device)
    return claims.claim(entry).take(wish, [each for each in there if wish.fits(each)], "phone").path


@pytest.mark.parametrize(("vague", "exact"), [*itertools.combinations(LADDER, 2)])
def test_who_names_it_more_particularly_has_it_whoever_comes_first(vague: str, exact: str) -> None:
    claims = Claims({"vague": vague, "exact": exact})
    with pytest.raises(DeviceMissing, match=r"^no phone.*; /dev/hidraw0 is meant for exact$"):
        take(claims, "vague", vague, LEFT)
    assert take(claims, "exact", exact, LEFT) == LEFT.path


def test_who_has_one_leaves_the_next_of_the_kind_to_others() -> None:
    claims = Claims({"vague": "auto", "exact": "0b0e:0412"})
    with pytest.raises(DeviceMissing, match=r"/dev/hidraw0 is meant for exact; /dev/hidraw1 is meant for exact"):
        take(claims, "vague", "auto", LEFT, RIGHT)
    assert take(claims, "exact", "0b0e:0412", LEFT, RIGHT) == LEFT.path
    assert take(claims, "vague", "auto", LEFT, RIGHT) == RIGHT.path


def test_a_path_is_as_particular_as_it_gets() -> None:
    claims = Claims({"port": "1-1.2", "path": "/dev/hidraw0"})
    with pytest.raises(DeviceMissing, match="meant for path"):
        take(claims, "port", "1-1.2", LEFT)
    assert take(claims, "path", "/dev/hidraw0", LEFT) == LEFT.path


def test_among_equals_each_takes_the_next() -> None:
    claims = Claims({"a": "jabra", "b": "jabra"})
    assert [take(claims, entry, "jabra", LEFT, RIGHT) for entry in "ba"] == [LEFT.path, RIGHT.path]


def test_a_claim_that_is_released_is_free_and_twice_does_no_harm() -> None:
    claims = Claims()
    first, second = claims.claim("a"), claims.claim("b")
    first.take(wanted("auto"), [LEFT], "phone")
    first.release()
    second.take(wanted("auto"), [LEFT], "phone")
    first.release()  # no longer its own
    with pytest.raises(DeviceMissing, match="used by b already"):
        first.take(wanted("auto"), [LEFT], "phone")
