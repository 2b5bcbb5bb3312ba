"""The loader's own programs in Python, which are no package: what is compiled in, and the state on the card."""

import importlib.util
from types import ModuleType

from tests.image.recipe import RECIPE

LOADER = RECIPE.parent / "loader"


def module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, LOADER / f"{name}.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


builtin, state = module("builtin"), module("state")
