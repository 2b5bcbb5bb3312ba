"""Who is who: the ids of peers, the address book, and the names that people are shown."""
