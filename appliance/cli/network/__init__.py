"""The command `offhook network`."""
