"""`python -m appliance` is the command `offhook`."""

from appliance.cli import main

if __name__ == "__main__":
    main(prog_name="offhook")
