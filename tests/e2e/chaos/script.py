"""What can happen, beside what happens in the campaign: to devices, and to the box."""

import random

from tests.e2e.campaign.script import CUTS, FAR_SIDE, INPUTS, SMALL, WAITS, Chance, Kinds, Script, Step

PLUGS = ("keypad", "speakerphone", "joystick")
DEVICES: Kinds = {
    "unplug": (5, lambda chance: (chance.choice(PLUGS),)),
    "plug": (4, lambda chance: (chance.choice(PLUGS),)),
    "glass": (2, lambda chance: (chance.random() < 0.5,)),
}
BOX: Kinds = {"box restarts": (1, lambda _: ()), "box dies": (2, lambda _: ())}
LEVER: Kinds = {
    "lever": (3, lambda chance: (chance.choice(("left", "up", "in")),)),
    "let go": (2, lambda _: ()),
}
FAULTS = (SMALL, CUTS, DEVICES, BOX)
LIFE = (INPUTS, FAR_SIDE, LEVER)
ROUNDS = 4
LENGTH = 32  # steps of a round, two thirds of them faults
ENDS = ("let go", "unplug", "box restarts")  # of a movement of the camera, as `play.ENDS` has them


def random_chaos(seed: int) -> Script:
    """Returns a script: rounds of anything at all, each ended by quiet, and something that the room must survive."""
    chance = random.Random(seed)
    steps = list[Step]()
    for _ in range(ROUNDS):
        steps += [_step(_kinds(chance), chance, chance.choice(WAITS)) for _ in range(LENGTH)]
        steps += (Step("quiet"), Step("sure press"), Step("stops in time", (chance.choice(ENDS),)))
        steps += (_step(chance.choice((CUTS, BOX)), chance, chance.choice(WAITS)), Step("same as before"))
        steps += _call_and_end(chance)
    return (*steps, Step("quiet"))


def _kinds(chance: Chance) -> Kinds:
    if chance.random() < 1 / 3:
        return chance.choices(LIFE, (4, 4, 2))[0]
    return chance.choices(FAULTS, (4, 3, 4, 1))[0]


def _call_and_end(chance: Chance) -> list[Step]:
    """A call that is ended while devices come and go, and the link is sound."""
    plugs = [_step(DEVICES, chance, 0.02) for _ in range(chance.choice((0, 1, 3)))]
    return [Step("press", ("call",), 1.0), *plugs, Step("hang up in time")]


def _step(kinds: Kinds, chance: Chance, wait: float) -> Step:
    verb = chance.choices(list(kinds), [weight for weight, _ in kinds.values()])[0]
    return Step(verb, kinds[verb][1](chance), wait)


def faults_in(script: Script) -> int:
    """Returns how many faults a script has; those that end a movement of the camera are not counted."""
    return sum(any(step.verb in kinds for kinds in FAULTS) for step in script)
