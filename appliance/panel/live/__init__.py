"""The connection that an open page keeps: what it is shown over it, and what is heard from it."""
