"""The box itself: its hardware, its clock, its address and its card, and what is asked of its deputy."""
