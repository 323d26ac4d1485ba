"""Keep a solver quiet: its remarks go straight to the standard output, where only our answer belongs."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_OUTPUT = 1


@contextmanager
def quiet() -> Iterator[None]:
    """Send what compiled code prints to nowhere, also what it still had in its buffer."""
    try:
        kept = os.dup(_OUTPUT)
    except OSError:  # there is no standard output to protect
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _OUTPUT)
        yield
    finally:
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).fflush(None)
        os.dup2(kept, _OUTPUT)
        os.close(kept)
        os.close(nowhere)
