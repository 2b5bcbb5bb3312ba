"""`python -m tests.fuzz -max_total_time=60`: libFuzzer on the terminal's frames. Needs `pip install atheris`.

Options are libFuzzer's. It begins with the printed examples; what it finds is left in the current folder.
"""

import sys
import tempfile
from pathlib import Path

import atheris  # optional, and not in the lock files

with atheris.instrument_imports():
    from tests.fuzz.decode import one_frame
    from tests.fuzz.seeds import seeds


def main() -> None:
    """Fuzzes until told to stop, or until something breaks."""
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds()):
            (Path(folder) / str(number)).write_bytes(seed)
        atheris.Setup([*sys.argv, folder], one_frame)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
