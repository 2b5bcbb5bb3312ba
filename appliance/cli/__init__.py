"""The command `offhook`: one module, or one folder, for each of its commands."""
