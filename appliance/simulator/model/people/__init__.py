"""People whom the room knows: directory, address book, groups, blocked people, history, schedule."""
