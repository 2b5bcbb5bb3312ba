"""The session on the network: who may come, over what, and the pictures and files that go with it."""
