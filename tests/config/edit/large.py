"""The largest configuration that the page takes: two hundred tables, all of them right."""

_TABLE = '[patterns.p{0}] # {1}\nsteps = ["on {2}"]\n'

LARGE = '[room]\nname = "N"\n[terminal]\nhost = "127.0.0.1"\n' + "".join(
    _TABLE.format(number, "x" * 330, number % 50 + 1) for number in range(200)
)
