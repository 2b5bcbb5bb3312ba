"""A box forgets its room and itself: as from a fresh card, or as after the package was installed."""
