"""The command `offhook hardware-test`: what only a real board can show, as one guided program with a report."""
