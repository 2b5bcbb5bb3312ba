"""A program that asks over one connection, in a process of its own: `python -m tests.bench.asks PORT COUNT PATH…`.

Each path is asked in turn, in an order that is another in each round; a line of the output has a path and the
nanoseconds from the request to the whole answer.
"""

import random
import re
import socket
import sys
import time

from tests.bench.patience import patience

HOST = "127.0.0.1"
SILENCE = 10.0  # seconds; a server that is silent for longer is a broken measurement
LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)")
WARM_UP = 20  # rounds that do not count


def ask(sock: socket.socket, path: str) -> int:
    """Asks for a path; returns the nanoseconds that it took."""
    request = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer view\r\nAccept: */*\r\n\r\n".encode()
    began = time.perf_counter_ns()
    sock.sendall(request)
    head, body = b"", b""
    while not body:
        head += _received(sock)
        head, _, body = head.partition(b"\r\n\r\n") if b"\r\n\r\n" in head else (head, b"", b"")
    length = int((LENGTH.search(head) or [b"0", b"0"])[1])
    while len(body) < length:
        body += _received(sock)
    took = time.perf_counter_ns() - began
    if b" 200 " not in head[:20]:
        raise RuntimeError(f"{path} was answered {head[:60]!r}")
    return took


def _received(sock: socket.socket) -> bytes:
    data = sock.recv(1 << 16)
    if not data:
        raise RuntimeError("the server hung up")
    return data


def main(port: int, count: int, paths: list[str]) -> None:
    """Asks."""
    for begun in range(0, count + WARM_UP, 400):  # a connection has so many requests, and some to spare
        with socket.create_connection((HOST, port), patience(SILENCE)) as sock:
            for number in range(begun, min(begun + 400, count + WARM_UP)):
                for path in random.sample(paths, len(paths)):  # an order, no secret
                    took = ask(sock, path)
                    if number >= WARM_UP:
                        print(path, took, flush=True)  # noqa: T201  # whoever started it reads this


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
