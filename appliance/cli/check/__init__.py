"""The command `offhook check`."""
