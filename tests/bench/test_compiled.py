"""What is started has been compiled, though the environment forbids Python to do it by itself."""

import py_compile
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from tests.bench.compiled import compile_all
from tests.bench.processes import NOT_COMPILING, running


def test_our_packages_are_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.bench.compiled.sysconfig.get_path", lambda _name: str(tmp_path))
    for folder in ("appliance", "drivers", "tests/bench"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "module.py").write_text("VALUE = 1\n")
    compile_all(tmp_path)
    for folder in ("appliance", "drivers", "tests/bench"):
        assert Path(cache_from_source(str(tmp_path / folder / "module.py"))).exists()


def test_a_file_that_is_no_python_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.bench.compiled.sysconfig.get_path", lambda _name: str(tmp_path))
    (tmp_path / "odd.py").write_text("print 'of another age'\n")
    with pytest.raises(py_compile.PyCompileError):
        py_compile.compile(str(tmp_path / "odd.py"), doraise=True)
    compile_all(tmp_path)


def test_what_is_started_may_write_its_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NOT_COMPILING, "1")
    with running("-c", "import sys; print('compiles', not sys.dont_write_bytecode)") as run:
        assert run.says(rb"compiles (\w+)")[1] == b"True"
