"""Which real servers are there; a test that needs an absent one skips, or fails where all are required."""

import os
import socket

import pytest


def is_open(host: str, port: int) -> bool:
    """Return True when something listens there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def need(*, condition: bool, what: str) -> None:
    """Skip the test, or fail it when REQUIRE_SERVICES is set."""
    if condition:
        return
    if os.environ.get("REQUIRE_SERVICES"):
        pytest.fail(f"{what} is required here and is not there")
    pytest.skip(f"{what} is not there")


def free_port() -> int:
    """Return a port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
