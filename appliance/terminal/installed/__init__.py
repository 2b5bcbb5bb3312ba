"""The package `offhook`, as pyproject.toml installs it: a name for programs, and no folder at the top of the tree."""
