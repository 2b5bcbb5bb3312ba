"""What a person wants, once an input has met the state of the room. Set-to, never toggle. One module a subject."""
