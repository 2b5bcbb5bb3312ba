"""The room and other programs: what they ask and what became of it, what they are told, and the shared session."""
