"""`offhook simulate --replay`: a terminal that repeats a recording."""

import signal
from pathlib import Path

import click
import msgspec
import trio

from appliance.runtime.web.listen import ListenError
from appliance.simulator.options import SimulatorOptions
from appliance.simulator.replay.script import Script
from appliance.simulator.replay.server import replay
from appliance.terminal.messages.recording import RecordingError, read_recording


def recorded(path: Path) -> Script:
    """Returns what a file has recorded; raises `click.UsageError`."""
    try:
        return Script(read_recording(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise click.UsageError(f"{path}: {error.strerror}") from None
    except (RecordingError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{path}: {error}") from None


async def replay_until_signal(options: SimulatorOptions, script: Script) -> None:
    """Runs the recorded terminal until SIGTERM or Ctrl-C; prints its ports when it is ready."""
    options = msgspec.structs.replace(options, control_port=None)
    with trio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        try:
            async with trio.open_nursery() as nursery:
                ports = await nursery.start(replay, options, script)
                click.echo(msgspec.json.encode({"ready": True, **msgspec.to_builtins(ports)}))
                await anext(aiter(signals))
                nursery.cancel_scope.cancel()
        except* ListenError as errors:
            raise click.UsageError("; ".join(str(error) for error in errors.exceptions)) from None
