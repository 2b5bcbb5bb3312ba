"""Many rooms under one roof: what tells a fleet's own systems of this room, and takes what they ask."""
