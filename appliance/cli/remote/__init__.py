"""The command `offhook remote`: a box elsewhere, over its interface for programs."""
