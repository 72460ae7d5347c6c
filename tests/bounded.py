"""A time that nothing may take: what would go on for ever is ended, and fails as what it is."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

MOST_SECONDS: Final = 10
"""What no input may take of the processor, whatever else the machine has to do."""


class Hangs(AssertionError):  # noqa: N818 - the name states the finding
    """It went on longer than anything may."""


@contextmanager
def within(seconds: float = MOST_SECONDS) -> Iterator[None]:
    """Fail what takes more of the processor's time; regular expressions too are interrupted.

    Windows has no such alarm, and would wait.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_: object) -> None:
        raise Hangs(f"more than {seconds} s")

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
