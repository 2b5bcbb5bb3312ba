"""Virtual hardware: the drivers' own fakes in one place, moved and watched over HTTP."""
