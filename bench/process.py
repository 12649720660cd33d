"""What is measured from outside: seconds and peak memory of a process, and the machine."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Spent:
    """What a process took.

    Attributes:
        seconds: from its start to its end.
        peak_mib: the largest resident memory it had, in MiB.
        output: its standard output.
    """

    seconds: float
    peak_mib: float
    output: str


def spend(command: Sequence[str], limit: float | None = None) -> Spent:
    """Run a command in a process of its own, to its end or for so many seconds.

    Raises:
        TimeoutError: it did not end within the limit, and was stopped.
        RuntimeError: it ended with a code other than 0; the message ends with what it said.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=said)
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            os.kill(process.pid, signal.SIGKILL)

        clock = threading.Timer(limit, stop) if limit is not None else None
        if clock is not None:
            clock.daemon = True
            clock.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        if clock is not None:
            clock.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said.seek(0)
        if stopped.is_set():
            raise TimeoutError(f"{' '.join(command)} was stopped after {seconds:.0f} s")
        if process.returncode:
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n"
                               + said.read().decode(errors="replace")[-2000:])
        unit = 2**20 if sys.platform == "darwin" else 2**10
        return Spent(seconds, usage.ru_maxrss / unit, out.read().decode())


def line(name: str, figure: float, unit: str, **detail: Any) -> dict[str, Any]:
    """One measurement; figures with four significant digits."""
    return {"name": name, "figure": float(f"{figure:.4g}"), "unit": unit, **detail}


def machine() -> Mapping[str, Any]:
    """The cores that this process may use, the model of the CPU, and the versions that count."""
    from importlib.metadata import version

    return {"cores": cores(), "cpu": cpu(), "python": platform.python_version(),
            "jax": version("jax"), "numpy": version("numpy")}


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def cpu() -> str:
    """The model of the CPU, as the system names it."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    names = [row.partition(":")[2].strip() for row in text.splitlines()
             if row.startswith("model name")]
    return names[0] if names else platform.machine()
