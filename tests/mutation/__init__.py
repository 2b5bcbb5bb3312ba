"""Changes a part of the firmware in small ways, one at a time, and counts the changes that no test sees.

mutmut makes the changes (mutants): each function goes into a copy of the project with all of its mutants beside it, and
which one is called is chosen while the program runs. The tests are run here, not by mutmut, which starts pytest anew
for each mutant: that takes longer than most tests. Here pytest collects once, runs each test once to learn what it
reaches and how long it takes, and then forks for each mutant: the child runs the tests that reach the function, the
fastest first, until one fails.

All of it is in `build/mutation/PART`. A run may be cut short, and goes on where it was. What was seen is not tried
again until its function changes; what was not seen is tried each time.
"""
