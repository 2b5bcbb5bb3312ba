"""The command `offhook access`: passwords and tokens of this box, for whoever is root on it."""
