"""Keeps child processes alive: one that dies is started anew, and a signal to end ends them all."""

import ctypes
import signal
import subprocess
import time
from collections.abc import Sequence
from types import FrameType

import structlog

log = structlog.get_logger(__name__)
_LOOK_SECONDS = 0.1
_PATIENCE_SECONDS = 30.0
_LONGEST_PAUSE = 10.0
_LIVED_WELL_SECONDS = 10.0
_PR_SET_PDEATHSIG = 1


class Child:
    """One process that has to be there."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self._command = list(command)
        self._pause = 0.0
        self._start_at = 0.0
        self._started_at = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def look_after(self) -> None:
        """Start the process if it is not there; one that keeps dying is started less and less often."""
        now = time.monotonic()
        if self._process is not None and self._process.poll() is not None:
            log.warning("a process died and is started anew", name=self.name, status=self._process.returncode)
            lived_well = now - self._started_at > _LIVED_WELL_SECONDS
            self._pause = 0.0 if lived_well else min(self._pause * 2 or 0.2, _LONGEST_PAUSE)
            self._start_at, self._process = now + self._pause, None
        if self._process is None and now >= self._start_at:
            self._started_at = now
            self._process = subprocess.Popen(  # noqa: S603  # our own command
                self._command,
                preexec_fn=_end_with_parent,  # noqa: PLW1509  # one system call, no lock, and no thread has been started
            )

    def end(self) -> None:
        """Ask the process to end."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def wait(self, seconds: float) -> None:
        """Wait for its end; after `seconds` end it by force."""
        if self._process is None:
            return
        try:
            self._process.wait(max(seconds, 0.1))
        except subprocess.TimeoutExpired:
            log.warning("a process did not end in time", name=self.name)
            self._process.kill()
            self._process.wait()


def supervise(children: Sequence[Child]) -> None:
    """Keep the children alive until SIGTERM or SIGINT; then end them all and return."""
    stop: list[int] = []

    def _stop(number: int, _frame: FrameType | None) -> None:
        stop.append(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    try:
        while not stop:
            for child in children:
                child.look_after()
            time.sleep(_LOOK_SECONDS)
    finally:
        ends = time.monotonic() + _PATIENCE_SECONDS
        for child in children:
            child.end()
        for child in children:
            child.wait(ends - time.monotonic())


def _end_with_parent() -> None:
    """Let the child end when the supervisor is killed, so that nothing keeps its port (Linux only)."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    except (OSError, AttributeError):
        return
