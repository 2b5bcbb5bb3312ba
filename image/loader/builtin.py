"""The environment that is compiled into the loader: what boot.cmd says, then what the board's file says.

`python3 builtin.py boot.cmd rpi.env` prints it as U-Boot's build reads it, a variable a line. A part of boot.cmd
begins with NAME= at the beginning of a line and ends where the next one begins; its lines become one, and comments
are left out.
"""

import re
import sys
from pathlib import Path

LIMIT = (
    0x2000 - 5
)  # bytes of one copy of the stored state without its head, which is where all of this has to fit when it is saved
SPARE = 1024  # bytes for what the loader finds out and saves as well


def variables(text: str) -> dict[str, str]:
    """Each variable of a file by its name. Raises ValueError where a line belongs to none, or a name is there twice."""
    found: dict[str, list[str]] = {}
    lines: list[str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if begins := re.match(r"([A-Za-z_]\w*)=(.*)", line):
            if begins[1] in found:
                raise ValueError(f"line {number}: {begins[1]} is there twice")
            lines = found[begins[1]] = [begins[2]]
        elif lines is None:
            raise ValueError(f"line {number}: {line.strip()!r} belongs to no variable: expected NAME= first")
        else:
            lines.append(line.strip())
    return {name: " ".join(lines).strip() for name, lines in found.items()}


def builtin(files: list[Path]) -> dict[str, str]:
    """All variables of some files. Raises ValueError where two say the same one, or all of them do not fit."""
    whole: dict[str, str] = {}
    for file in files:
        new = variables(file.read_text())
        if twice := whole.keys() & new.keys():
            raise ValueError(f"{file.name}: {', '.join(sorted(twice))}: another file says it already")
        whole |= new
    if (size := sum(len(f"{name}={value}\0".encode()) for name, value in whole.items())) > LIMIT - SPARE:
        raise ValueError(f"{size} bytes of variables: at most {LIMIT - SPARE} fit, see CONFIG_ENV_SIZE")
    return whole


if __name__ == "__main__":
    for name, value in builtin([Path(name) for name in sys.argv[1:]]).items():
        print(f"{name}={value}")
