"""People whom the room knows: address book, history, schedule, groups, chats, files sent and received."""
