"""The copy of the project in which mutants are tried."""

import contextlib
import difflib
import hashlib
import json
import re
import shutil
from pathlib import Path

import msgspec
from mutmut.mutation.file_mutation import mutate_file_contents

from tests.mutation.parts import LEFT_OUT, PARTS

ROOT = Path(__file__).parents[2]
MADE = ROOT / "build" / "mutation"
_COPIED = ("appliance", "drivers", "tests", "docs")
_CONFIGURATION = f"""
[tool.mutmut]
source_paths = ["."]
track_dependencies = false
do_not_mutate_patterns = {json.dumps(LEFT_OUT)}
"""


class Mutant(msgspec.Struct, frozen=True):
    """A change; `function` is a digest of the function that it changes."""

    name: str
    function: str
    difference: str

    @property
    def key(self) -> str:
        """The name, and of which version of the function."""
        return f"{self.name} {self.function}"

    @property
    def module(self) -> str:
        """The name of the module that it is in."""
        return self.name.rpartition(".")[0]


class _Mutated(msgspec.Struct, frozen=True):
    """A file with its mutants, and a digest of what it was made from."""

    source: str
    mutants: tuple[Mutant, ...]


def copied(part: str, made: Path = MADE) -> tuple[Path, list[Mutant]]:
    """Returns the folder with the mutated copy, made or brought up to date, and its mutants."""
    folder = made / part
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text() + _CONFIGURATION)
    mutated = {path for pattern in PARTS[part].mutated for path in ROOT.glob(pattern)}
    for name in _COPIED:
        for path in (ROOT / name).rglob("*"):
            if path.is_file() and path not in mutated and path.suffix != ".pyc":
                _bring(path, folder / path.relative_to(ROOT))
    with contextlib.chdir(folder):  # where mutmut looks for its configuration
        return folder, [one for path in sorted(mutated) for one in _mutants_of(path.relative_to(ROOT))]


def _bring(source: Path, target: Path) -> None:
    if not target.exists() or target.stat().st_mtime_ns != source.stat().st_mtime_ns:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


def _mutants_of(path: Path) -> tuple[Mutant, ...]:
    """Returns the mutants of a file; writes it with them where it is not there yet."""
    text = (ROOT / path).read_text()
    source = hashlib.sha256(f"{LEFT_OUT}{text}".encode()).hexdigest()
    note = path.with_suffix(".mutants")
    if note.exists() and (known := msgspec.json.decode(note.read_bytes(), type=_Mutated)).source == source:
        return known.mutants
    path.parent.mkdir(parents=True, exist_ok=True)
    mutants = _mutate(path, text)
    note.write_bytes(msgspec.json.encode(_Mutated(source, mutants)))
    return mutants


def _mutate(path: Path, text: str) -> tuple[Mutant, ...]:
    file = mutate_file_contents(str(path), text)
    path.write_text(file.code)
    lines = file.code.splitlines(keepends=True)
    module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")

    def text_of(name: str) -> list[str]:
        span = file.line_span_by_function_name[name]
        named = re.sub(r"^x(_|ǁ\w+ǁ)", "", name.partition("__mutmut")[0])
        return [line.replace(name, named) for line in lines[span.start - 1 : span.end]]

    def mutant(name: str) -> Mutant:
        function = name.rpartition("__mutmut_")[0]
        changed = difflib.unified_diff(text_of(f"{function}__mutmut_orig"), text_of(name), lineterm="\n", n=2)
        return Mutant(f"{module}.{name}", file.hash_by_function_name[function], "".join([*changed][2:]))

    return tuple(map(mutant, file.mutant_names))
