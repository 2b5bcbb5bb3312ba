"""Recording what a terminal says, so that nobody is in it: for tests, and for whoever is to help from afar."""
