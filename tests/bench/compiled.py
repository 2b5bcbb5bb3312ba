"""Compiles what is started, as installing a package does: a start without bytecode compiles two thousand files anew."""

import compileall
import sysconfig
from pathlib import Path

OURS = ("appliance", "drivers", "tests/bench")


def compile_all(root: Path) -> None:
    """Compiles our packages and those of other people; what is compiled already costs a look at its date."""
    for folder in (*(root / name for name in OURS), Path(sysconfig.get_path("purelib"))):
        compileall.compile_dir(folder, quiet=2)  # other people's packages have files for other versions of Python
