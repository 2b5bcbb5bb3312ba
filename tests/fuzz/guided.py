"""`python -m tests.fuzz.guided TARGET OPTION… FOLDER…`: libFuzzer on one target, in a process of its own.

Options and folders are libFuzzer's. Its process ends when it has had enough, or found something.
"""

import sys

import atheris  # optional: requirements/fuzz.txt has it

from tests.fuzz.targets import target_of


def main() -> None:
    """Fuzzes until told to stop, or until something breaks."""
    program, name, *options = sys.argv
    with atheris.instrument_imports(include=["appliance", "drivers"]):
        target = target_of(name)
    atheris.Setup([program, *options], target.take)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
