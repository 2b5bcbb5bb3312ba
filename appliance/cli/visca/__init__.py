"""The command `offhook visca`: its words, its lines, and what it does with them."""
