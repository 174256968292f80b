"""How long the start has taken, from the moment the system made the process."""

import os
import sys
import time
from typing import Final

_LOADED: Final = time.perf_counter()


def since_start_ms() -> int:
    """Milliseconds since this process was made (where the system tells; else since import)."""
    reader = {"linux": _linux, "win32": _windows}.get(sys.platform)
    seconds = reader() if reader else None
    return round((seconds if seconds is not None else time.perf_counter() - _LOADED) * 1000)


def _linux() -> float | None:
    try:
        with open("/proc/self/stat", encoding="ascii", errors="replace") as stat:  # noqa: PTH123 — pathlib costs the start
            ticks = int(stat.read().rpartition(")")[2].split()[19])
        # the kernel cuts the start down to a whole tick: half a tick is what that loses on average
        made = (ticks + 0.5) / os.sysconf("SC_CLK_TCK")
        return time.clock_gettime(time.CLOCK_BOOTTIME) - made
    except (OSError, ValueError, IndexError):
        return None


def _windows() -> float | None:
    import ctypes

    made = ctypes.c_ulonglong()
    rest = (ctypes.c_ulonglong * 3)()
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    ok = kernel.GetProcessTimes(
        ctypes.c_void_p(kernel.GetCurrentProcess()),
        ctypes.byref(made),
        ctypes.byref(rest, 0),
        ctypes.byref(rest, 8),
        ctypes.byref(rest, 16),
    )
    if not ok:
        return None
    now = ctypes.c_ulonglong()
    kernel.GetSystemTimePreciseAsFileTime(ctypes.byref(now))
    return float(now.value - made.value) / 10_000_000
