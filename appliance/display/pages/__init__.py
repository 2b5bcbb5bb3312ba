"""The pages of the display: which one a state asks for, and how each is drawn."""
