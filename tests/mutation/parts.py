"""What is mutated, which tests are to see it, and which kinds of mutants are left out."""

import msgspec


class Part(msgspec.Struct, frozen=True):
    """Files of the firmware, as patterns, and the tests that are to see each change in them.

    Those that take a second for a real socket, or go through all messages, are left out where others reach as much.
    """

    mutated: tuple[str, ...]
    tests: tuple[str, ...]
    which: str = ""  # of these tests, as pytest's -k has it


_VISCA = "tests/drivers/visca"
_MESSAGES = "appliance/terminal/messages"

PARTS = {
    "wire": Part(
        ("drivers/visca/wire/*.py",),
        (
            f"{_VISCA}/wire",
            f"{_VISCA}/camera/test_camera.py",
            f"{_VISCA}/camera/test_datagrams.py",
            f"{_VISCA}/camera/test_chain.py",
            f"{_VISCA}/test_field.py",
        ),
    ),
    "camera": Part(("drivers/visca/camera/*.py",), (f"{_VISCA}/camera", f"{_VISCA}/test_field.py")),
    "codec": Part(
        tuple(f"{_MESSAGES}/{name}.py" for name in ("frames", "long_frames", "leniency", "base")),
        tuple(f"tests/terminal/messages/test_{name}.py" for name in ("frames", "long_frames", "leniency")),
        "not 64_mib and not 32_mib and not more_memory and not no_step_reads_much and not large_book",
    ),
    "room": Part(("appliance/room/**/*.py",), ("tests/room",), "not any_history and not generations"),
}

LEFT_OUT = (
    r"^\s*raise \w+(\.\w+)*\(",  # the words of an error
    r"\b_?log(ger)?\.(debug|info|warning|error|exception)\(",  # the words of a line in the log
)
"""Lines whose expressions are not changed. mutmut itself leaves out annotations and docstrings, what stands outside of
functions, and functions with a decorator (`property`, `cache`, `singledispatch`)."""
