"""The link to the terminal, and what the terminal says of itself: by itself, or when it is asked."""
