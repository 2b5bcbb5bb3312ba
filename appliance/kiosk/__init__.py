"""A screen on the box itself: a browser in a bare compositor, watched over by a supervisor of its own."""
