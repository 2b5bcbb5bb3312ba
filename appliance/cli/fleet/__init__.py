"""The command `offhook fleet`: many rooms out of one inventory."""
