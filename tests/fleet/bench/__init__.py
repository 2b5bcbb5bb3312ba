"""Many rooms on one broker of this machine: `make fleet-bench`, or `python -m tests.fleet.bench --rooms 1000`.

The broker is mosquitto: without TLS, then with certificates on both sides (of `image/fleet/certificates.sh`; one for
all clients). The rooms are the real client, 250 to a process, with all that a room says at first. Beside them, as the
floor, runs paho in the same number of processes: with a thread of its own for each connection, as it is mostly used,
since its connecting blocks. It says and hears the same, spreads its connections over the same time, and has no code of
ours.

1. All come at once, as after a power cut, spread over the window that the client's own waits make of `rooms`.
2. A dashboard comes and is told everything that the broker keeps.
3. Each room says one part of itself a second, for a while.
4. Every room is asked for something.
5. The broker is killed and started again, without what it had kept.

Times are of one clock, which Linux gives to all processes. Broker, rooms and dashboard share the machine's cores, so
the broker by itself takes more than is shown.
"""
