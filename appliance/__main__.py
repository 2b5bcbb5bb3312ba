"""`python -m appliance` is the command `offhook`."""

from appliance.runtime.systemd import watch_imports

watch_imports()

from appliance.cli.main import main  # noqa: E402  # from here on imports are signs of life

if __name__ == "__main__":
    main(prog_name="offhook")
