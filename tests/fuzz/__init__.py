"""Fuzzing: whatever bytes arrive from outside, nothing but the errors that are documented comes of them.

A *target* (`targets/`) takes bytes the way one part of the firmware does, and asserts what must hold whatever they are.
Two engines feed it:

- libFuzzer, through atheris, is guided by coverage: `make fuzz INPUTS=1000000 TARGET=visca`. It begins with the
  corpus and keeps what reached something new in `build/fuzz/TARGET/corpus`.
- `mutations.py` needs nothing that is not there: inputs of the corpus, changed at random from a fixed seed. The
  ordinary tests use it for some thousand inputs, and `make fuzz ENGINE=plain` for as many as asked.

What fails is left in `build/fuzz/TARGET/found`. A file of it belongs into `corpus/TARGET` with a name that says what it
is: every test run takes the whole corpus first.
"""
