"""Which GPIO chips this machine has."""

from pathlib import Path

DEV = Path("/dev")


def find_chips(dev: Path = DEV) -> list[str]:
    """The paths of all GPIO chips, in the order of their numbers; none is opened."""
    chips = dev.glob("gpiochip[0-9]*")
    return [str(chip) for chip in sorted(chips, key=lambda chip: (len(chip.name), chip.name))]
