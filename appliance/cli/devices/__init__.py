"""The command `offhook devices`: what hardware is there, and what each piece would be used for."""
