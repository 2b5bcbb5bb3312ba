"""Secrets of webhooks: taken off the card into the box's store, and serving as before."""

from appliance.config.load import load
from tests.card.conftest import ROOM, Box

SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
HOOK = '[webhooks."{name}"]\nurl = "https://example.com/hook"\nevents = ["call"]\nsecret = "{secret}"\n'
IN_FORCE = "etc/offhook/room.toml"


def hook(name: str, secret: str = SECRET) -> str:
    return HOOK.format(name=name, secret=secret)


def store(box: Box) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted((box.root / "etc/credstore").glob("*"))}


def test_they_are_taken_off_the_card_and_serve_as_before(box: Box) -> None:
    assert box.apply(ROOM + hook("bookings") + hook("Пульт")).mistakes == ()
    kept = {
        "offhook.webhook.bookings": f"{SECRET}\n",
        "offhook.webhook.xn--" + "Пульт".encode("punycode").decode(): f"{SECRET}\n",
    }
    assert store(box) == kept
    for text in (box.file.read_text(), str(box.has(IN_FORCE))):
        assert text == ROOM + hook("bookings", "(kept)") + hook("Пульт", "(kept)")
    again = box.apply()
    assert (again.mistakes, again.changed, store(box)) == ((), frozenset(), kept)
    hooks = load(box.root / IN_FORCE, box.root / "etc/credstore").webhooks
    keys = {each.keys(name, box.root / "etc/credstore").each for name, each in hooks.items()}
    assert len(keys) == 1


def test_a_hook_that_is_gone_leaves_nothing_behind(box: Box) -> None:
    box.apply(ROOM + hook("bookings") + hook("lights"))
    assert box.apply(ROOM + hook("lights", "(kept)")).mistakes == ()
    assert store(box).keys() == {"offhook.webhook.lights"}


def test_one_that_the_box_does_not_keep_is_a_mistake(box: Box) -> None:
    mistakes = box.apply(ROOM + hook("bookings", "(kept)")).mistakes
    assert [each.key for each in mistakes] == ["webhooks.bookings.secret"]
