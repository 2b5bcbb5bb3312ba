"""People on the panel: whom it finds and calls, who is in the call, and their pictures."""
