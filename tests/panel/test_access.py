from appliance.access.digests import digest
from appliance.access.gate import Gate
from appliance.panel.access import Access
from tests.access.scopes import scope, with_panel


def test_screens_at_the_box_may_touch() -> None:
    assert Access().may_touch(scope("127.0.0.1", "http"))
    assert not Access().may_touch(scope())


def test_screens_that_were_paired_may_touch() -> None:
    access = Access(Gate(lambda: [digest("secret")]))
    assert access.may_touch(with_panel("secret"))
    assert not access.may_touch(with_panel("guess"))
