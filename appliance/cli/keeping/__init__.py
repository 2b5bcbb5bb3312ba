"""The commands `offhook backup`, `restore` and `reset`: a room outlives its box, and a box forgets its room."""
