"""Places what a page shows on a panel of any size.

The bar of the microphone keeps its place at the foot, what is going on its place on top. What is left is shared: the
one thing to read gets at least its smallest letters, then as many lines as there is room for get their rows, the last
of which the remaining lines share in turns; then the one thing grows as far as it can, and the lines after it. A panel
that is too low for even that folds the top into the lines; one that is wide and low puts lines beside the clock.
"""
