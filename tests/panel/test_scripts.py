"""The scripts of pages: their types are right, and what they load of others is what its makers published."""

import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
STATIC = ROOT / "appliance/panel/static"
COMPILER = Path(sys.prefix) / "node/node_modules/typescript/bin/tsc"
STRICT = (
    *("--noEmit", "--allowJs", "--checkJs", "--strict", "--noUnusedLocals", "--noUnusedParameters"),
    *("--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler", "--lib", "es2023,dom,dom.iterable"),
    *("--types", ""),
)


@pytest.mark.slow
@pytest.mark.skipif(not COMPILER.exists(), reason="no TypeScript: npm is not there, or its registry")
def test_types_are_right() -> None:
    scripts = [str(path) for path in sorted(STATIC.glob("*.js"))]
    node = shutil.which("node")
    assert node is not None
    done = subprocess.run([node, COMPILER, *STRICT, *scripts], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.slow
def test_what_others_wrote_is_what_they_published() -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm")
    vendor = runpy.run_path(str(ROOT / "scripts/vendor.py"))
    try:
        published = vendor["all_taken"]()
    except subprocess.CalledProcessError as error:
        pytest.skip(f"npm has no registry: {error.stderr}")
    ours = {path.name: path.read_text() for path in (STATIC / "vendor").iterdir() if path.suffix != ".ts"}
    assert ours == published
