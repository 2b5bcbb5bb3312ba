"""How Sphinx makes pages of the Python API; `make site` calls it with the sources that scripts/site.py writes."""

import importlib.metadata

project = "offhook"
author = "the offhook contributors"
release = importlib.metadata.version("offhook")

extensions = ["sphinx.ext.autodoc", "sphinx.ext.viewcode"]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 100
add_module_names = False
default_role = "code"  # docstrings write `name`, as Markdown does
toc_object_entries_show_parents = "hide"

# A name that leads nowhere is a warning, and `make site` makes every warning an error.
nitpicky = True
nitpick_ignore_regex = [
    (r"py:.*", r"(trio|msgspec|structlog|serial|gpiozero|luma|PIL|evdev|pyudev|h11|starlette)(\..*)?"),  # not ours
]

html_theme = "alabaster"
html_theme_options = {"fixed_sidebar": True, "page_width": "1100px", "sidebar_width": "260px"}
html_title = f"offhook {release}: Python API"
html_show_sphinx = False
html_show_copyright = False
