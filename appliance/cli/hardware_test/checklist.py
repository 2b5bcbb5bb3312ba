"""The check-list of the documentation: what only a board can show is exactly what the program tries."""

from collections.abc import Callable, Iterator, Sequence

from appliance.cli.hardware_test.registry import STEPS
from appliance.cli.hardware_test.step import Step
from appliance.language.catalogue import ENGLISH
from appliance.language.text import Text

Say = Callable[[Text], str]
WIDTH = 120  # columns of a page
KIOSK = "The kiosk's card on a Pi 4, with an HDMI screen and USB touch:"


def checklist(say: Say = ENGLISH.say) -> str:
    """Returns the check-list as Markdown: the steps of every box, then those of a kiosk's. `say`: in which words."""
    usual, kiosk = ([step for step in STEPS if step.kiosk is chosen] for chosen in (False, True))
    return "\n".join([*_lines(usual, say), "", KIOSK, "", *_lines(kiosk, say)])


def _lines(steps: Sequence[Step], say: Say) -> Iterator[str]:
    for step in steps:
        line = ""
        for word in f"- [ ] `{step.name}`: {say(step.title)}".split(" "):
            if len(line) + 1 + len(word) > WIDTH:
                yield line
                line = " "
            line = f"{line} {word}" if line else word
        yield line
