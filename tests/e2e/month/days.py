"""What happens on a day, and when: steps of the campaign and of chaos, by hours of the clock."""

import random

from appliance.terminal.messages.enums import RejectCause
from tests.e2e.campaign.script import BADGE, GROUP, LECTURE, PEERS, SMALL, Chance, Script, Step
from tests.e2e.world import ANNA, RECEPTION

MINUTE, HOUR = 60.0, 3600.0
BUSY = (8.0, 18.0)  # hours in which people meet
MEETINGS = 8
Day = list[tuple[float, Script]]  # hours, and what happens then
EVENINGS: tuple[tuple[int, int, Script], ...] = (  # from which day on, every so many days
    (1, 2, (Step("update", (), 5 * MINUTE),)),
    (1, 1, (Step("drop", (), MINUTE),)),
    (2, 3, (Step("stall", (90 * MINUTE,), 95 * MINUTE),)),  # nothing comes through any more
    (3, 3, (Step("server", ("lose",), HOUR), Step("server", ("restore",), MINUTE))),
    (2, 4, (Step("unplug", ("speakerphone",), HOUR), Step("plug", ("speakerphone",)))),
    (4, 7, (Step("take over", (), MINUTE),)),
    (2, 5, (Step("clock is set", (37.0,)),)),
    (5, 5, (Step("clock is set", (-37.0,)),)),
)


def day_of(number: int, chance: Chance) -> Day:
    """Returns the plan of day `number`, 1 and up, in order."""
    slots = [BUSY[0] + (BUSY[1] - BUSY[0]) * slot / MEETINGS for slot in range(MEETINGS)]
    day: Day = [(7.0, (Step("guests", (number,)), Step("sure press"), Step("stops in time", ("let go",))))]
    day += [(slot, _meeting(chance)) for slot in slots]
    return [*day, *((18.0, story) for story in _evening(number))]


def _evening(number: int) -> list[Script]:
    """What happens on some days, when the meetings are over."""
    return [story for first, every, story in EVENINGS if number >= first and (number - first) % every == 0]


def _meeting(chance: Chance) -> Script:
    """A call or conference of some minutes, with what goes wrong in one of three."""
    length = chance.uniform(2, 40) * MINUTE
    begin, end = chance.choice(STORIES)(chance)
    middle = [*_at_work(chance), *([_small_fault(chance)] if chance.random() < 1 / 3 else [])]
    chance.shuffle(middle)
    spread = tuple(Step(step.verb, step.about, length / (len(middle) + 1)) for step in middle)
    return (*begin, *spread, *end)


def _at_work(chance: Chance) -> list[Step]:
    """What people do in a meeting."""
    acts = (
        Step("press", ("mute",)),
        Step("mute key"),
        Step("volume", (chance.choice((-1, 1)),)),
        Step("joystick", (chance.choice(("left", "up", "in")),)),
        Step("peer", (chance.choice(PEERS), "call")),
    )
    return chance.sample(acts, 3)


def _small_fault(chance: Chance) -> Step:
    verb = chance.choices(list(SMALL), [weight for weight, _ in SMALL.values()])[0]
    return Step(verb, SMALL[verb][1](chance))


Story = tuple[Script, Script]  # how it begins, and how it ends
HANGS_UP = Step("press", ("hangup",), 2.0)


def _out(_chance: Chance) -> Story:
    return (Step("press", ("call",), 1.0), Step("peer", (RECEPTION, "answer"), 1.0)), (HANGS_UP, HANGS_UP)


def _by_key(chance: Chance) -> Story:
    key = chance.choice((Step("key", ("F1",), 1.0), Step("badge", (BADGE,), 1.0)))
    return (key, Step("peer", (ANNA, "answer"), 1.0)), (Step("peer", (ANNA, "leave"), 2.0), HANGS_UP)


def _in(chance: Chance) -> Story:
    who = chance.choice(PEERS)
    return (Step("peer", (who, "call"), 2.0), Step("hook", (True,), 1.0)), (Step("hook", (False,), 2.0), HANGS_UP)


def _conference(chance: Chance) -> Story:
    who, kind = chance.choice(PEERS), chance.choice((GROUP, LECTURE))
    mutes = (Step("owner mutes", ("mic", True), 30.0), Step("owner mutes", ("mic", False), 1.0))
    begin = (Step("invite", (who, kind), 2.0), Step("press", ("call",), 1.0), *mutes)
    return begin, (Step("peer", (who, "leave"), 2.0), HANGS_UP)


def _nobody_answers(chance: Chance) -> Story:
    return (Step("peer", (chance.choice(PEERS), "call"), 2 * MINUTE),), (Step("viewed"),)


def _declined(chance: Chance) -> Story:
    rejected = (RECEPTION, int(chance.choice(list(RejectCause))))
    return (Step("press", ("call",), 1.0), Step("reject", rejected, 5.0)), (Step("redial", (), 5.0), HANGS_UP)


STORIES = (_out, _out, _by_key, _in, _in, _conference, _nobody_answers, _declined)


def chance_of(number: int) -> Chance:
    """Returns the chance of a day, always the same."""
    return random.Random(number)
