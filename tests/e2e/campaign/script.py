"""What can happen, as steps that can be printed and played again."""

import random
from collections.abc import Callable, Mapping

import msgspec

from appliance.simulator.options import DOMAIN
from appliance.terminal.messages.enums import ConferenceType, EvictionCause, RejectCause
from tests.e2e.world import ANNA, JOHN, RECEPTION

Argument = str | int | float | bool
Chance = random.Random
PEERS = (ANNA, JOHN, RECEPTION)
LOCKED, PASSWORD = f"200@{DOMAIN}", "132"
"""A conference with a password, which keys without letters can type."""
BADGE, STRANGE = "0006871123", "0006871199"
"""A badge that calls Anna, and one that nobody knows."""
STOP = "81 01 06 01 05 05 03 03 FF"
MOVES = {
    "left": ("81 01 06 01 05 05 01 03 FF", STOP),
    "up": ("81 01 06 01 05 05 03 01 FF", STOP),
    "right and down": ("81 01 06 01 05 05 02 02 FF", STOP),
    "in": ("81 01 04 07 02 FF", "81 01 04 07 00 FF"),
}
"""What a joystick says when it is moved, and when it is let go."""
READS = (
    *("getAppState", "getLogin", "getConferences", "getMicMute", "getAudioMute", "getVideoMute", "getSettings"),
    *("getPtzControls", "getScheduler", "getCallHistory", "getAbook", "getConferenceParticipants", "getConnected"),
)
GROUP, LECTURE = int(ConferenceType.SYMMETRIC), int(ConferenceType.ROLE_BASED)
ASKS = ("invite_to_speak", "ask_to_record", "ask_to_speak", "make_moderator")
WAITS = (0.0, 0.02, 0.1, 0.5, 1.0, 5.0)  # seconds after a step


class Step(msgspec.Struct, frozen=True, array_like=True):
    """One step: a verb of `play.VERBS`, what it is about, and the seconds that pass after it."""

    verb: str
    about: tuple[Argument, ...] = ()
    wait: float = 0.0


Script = tuple[Step, ...]


def _peer(*acts: str) -> Callable[[Chance], tuple[Argument, ...]]:
    return lambda chance: (chance.choice(PEERS), chance.choice(acts))


Kinds = Mapping[str, tuple[int, Callable[[Chance], tuple[Argument, ...]]]]
# By verb: how often it comes up, and what it may be about.
INPUTS: Kinds = {
    "press": (8, lambda chance: (chance.choice(("call", "hangup", "hangup", "mute")),)),
    "key": (6, lambda chance: (chance.choice(("*", "F1", "F2", "F3", "call", "1", "3", "2")),)),
    "redial": (5, lambda _: ()),
    "badge": (2, lambda chance: (chance.choice((BADGE, BADGE, STRANGE)),)),
    "joystick": (2, lambda chance: (chance.choice(tuple(MOVES)),)),
    "hook": (3, lambda chance: (chance.random() < 0.5,)),
    "mute key": (2, lambda _: ()),
    "volume": (2, lambda chance: (chance.choice((-1, 1)),)),
    "terminal's key": (1, lambda chance: (chance.choice(("hook off", "hang up")),)),
}
FAR_SIDE: Kinds = {
    "peer": (14, _peer("call", "call", "answer", "answer", "answer", "leave", "leave", "offline", "online", "busy")),
    "reject": (3, lambda chance: (chance.choice(PEERS), int(chance.choice(list(RejectCause))))),
    "invite": (4, lambda chance: (chance.choice(PEERS), chance.choice((GROUP, LECTURE)))),
    "owner mutes": (2, lambda chance: (chance.choice(("mic", "video")), chance.random() < 0.5)),
    "peer asks": (3, lambda chance: (chance.choice(PEERS), chance.choice(ASKS))),
    "waiting room": (2, lambda chance: (chance.choice(PEERS), chance.random() < 0.5)),
    "server": (1, lambda chance: (chance.choice(("lose", "restore")),)),
    "rename": (1, lambda chance: (chance.choice(PEERS), f"Name {chance.randrange(9)}")),
    "viewed": (1, lambda _: ()),
}
# Faults after which the session may be the same one: what was said meanwhile is late, lost, twice or in another order.
SMALL: Kinds = {
    "lose reply": (6, lambda chance: (chance.choice(READS),)),
    "mute replies": (2, lambda chance: (chance.choice((1, 6)),)),
    "double replies": (2, lambda _: (10,)),
    "reorder replies": (3, lambda _: (10,)),
    "fragment": (1, lambda _: (10,)),
    "slow": (1, lambda chance: (chance.choice((2_000, 20_000)), 5)),
    "stall": (3, lambda chance: (chance.choice((0.5, 3, 8)),)),
    "garbage": (1, lambda _: ()),
}
# Faults that end the session, now or in a while.
CUTS: Kinds = {
    "drop": (8, lambda _: ()),
    "half open": (3, lambda _: ()),
    "stall": (2, lambda _: (30,)),
    "take over": (1, lambda _: ()),
    "evict": (1, lambda _: (int(EvictionCause.TOKEN_EXPIRED),)),
    "wrong ports": (1, lambda _: (5,)),
    "restart": (1, lambda _: ()),
}
LIFE = {**INPUTS, **FAR_SIDE}
ROUNDS = 3
LENGTH = 12  # steps of a round, half of them with faults between


def random_script(seed: int) -> Script:
    """Returns a script: rounds of life with small faults, each ended by quiet, a cut, and quiet again."""
    chance = random.Random(seed)
    steps = list[Step]()
    for _ in range(ROUNDS):
        steps += _life(chance, faulty=chance.random() < 0.7)
        steps.append(Step("quiet"))
        steps += _cut(chance)
        steps.append(Step("redial", (), 2.0))
    return (*steps, Step("quiet"))


def _life(chance: Chance, *, faulty: bool) -> list[Step]:
    """Returns steps of any kind; most often with a story somewhere that they alone would seldom tell."""
    steps = [_step(_kinds(chance, faulty=faulty), chance, chance.choice(WAITS)) for _ in range(LENGTH)]
    if chance.random() < 0.7:
        at = chance.randrange(LENGTH)
        steps[at:at] = chance.choice(STORIES)(chance)
    return steps


def _lost_history(chance: Chance) -> list[Step]:
    """A call that the room makes, whose end is told, while its place in the history is not."""
    key, who = chance.choice((("F1", ANNA), ("F2", JOHN), ("call", RECEPTION)))
    lost = chance.choice((Step("lose reply", ("getCallHistory",)), Step("mute replies", (6,))))
    end = chance.choice((Step("peer", (who, "leave"), 0.5), Step("press", ("hangup",), 0.5)))
    call = (Step("press", ("hangup",), 1.0), Step("key", (key,), 0.5), Step("peer", (who, "answer"), 1.0))
    return [*call, lost, end, Step("redial", (), 0.5)]


def _second_caller(chance: Chance) -> list[Step]:
    """Somebody calls during a call, and the link is lost while they wait."""
    first, second = chance.sample(PEERS, 2)
    calls = (Step("peer", (first, "call"), 0.5), Step("press", ("call",), 1.0), Step("peer", (second, "call"), 0.5))
    return [*calls, _step(CUTS, chance, 1.0), _step(chance.choice((INPUTS, FAR_SIDE)), chance, 1.0)]


def _in_a_conference(chance: Chance) -> list[Step]:
    """A group conference, and what its owner does to the room."""
    who = chance.choice(PEERS)
    joined = (Step("invite", (who, chance.choice((GROUP, LECTURE))), 0.5), Step("press", ("call",), 1.0))
    asks = Step("peer asks", (who, chance.choice(ASKS)), 0.5)
    acts = (
        Step("waiting room", (who, True), 0.5),
        Step("owner mutes", ("mic", True), 0.5),
        Step("peer", (who, "leave")),
    )
    return [*joined, *chance.sample((*acts, asks), 2)]


def _password(chance: Chance) -> list[Step]:
    """A conference that wants a password: the right one, a wrong one, or none, and perhaps a fault meanwhile."""
    typed = chance.choice((PASSWORD, PASSWORD, "13", ""))
    keys = [Step("key", (symbol,)) for symbol in typed]
    if chance.random() < 0.5:
        keys.insert(chance.randrange(len(keys) + 1), _step(chance.choice((SMALL, CUTS)), chance, 0.5))
    return [Step("press", ("hangup",), 1.0), Step("key", ("F3",), 1.0), *keys, Step("key", ("call",), 1.0)]


STORIES = (_lost_history, _second_caller, _in_a_conference, _password)


def _kinds(chance: Chance, *, faulty: bool) -> Kinds:
    return chance.choices((LIFE, SMALL, CUTS), (7, 2, 1))[0] if faulty else LIFE


def _cut(chance: Chance) -> list[Step]:
    """Returns a cut, often with small faults while the room reads everything anew; nothing else happens."""
    small = [_step(SMALL, chance, 0.0) for _ in range(chance.choice((0, 0, 1, 2)))]
    return [*small, _step(CUTS, chance, chance.choice(WAITS)), Step("same as before")]


def _step(kinds: Kinds, chance: Chance, wait: float) -> Step:
    verb = chance.choices(list(kinds), [weight for weight, _ in kinds.values()])[0]
    return Step(verb, kinds[verb][1](chance), wait)
