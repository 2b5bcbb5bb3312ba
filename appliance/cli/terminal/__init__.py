"""The commands `offhook terminal`: the control interface by hand."""
