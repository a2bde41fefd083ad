"""How much a planner's file may take: of bytes, time, memory and cells; the child process holds itself to it."""

from __future__ import annotations

from dataclasses import dataclass

try:
    import resource
except ImportError:  # Windows has no such limits; there the parent's clock alone stands guard
    resource = None  # type: ignore[assignment]

_MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 100
MOST_BYTES = MOST_MEGABYTES * _MEGABYTE
MOST_COLUMNS = 1_000
MOST_PARTS = 1_000


@dataclass(frozen=True)
class Budget:
    """What one reading may use: seconds by the clock, bytes of memory, and bytes of what it hands back or unpacks."""

    seconds: float
    memory: int
    unpacked: int
    result: int


def budget(size: int) -> Budget:
    """Allow a file of `size` bytes its share: a small one 8 s and 900 MB, one of 100 MB some minutes and 5 GB."""
    megabytes = size / _MEGABYTE
    return Budget(
        seconds=8 + 1.5 * megabytes,
        memory=int((900 + 40 * megabytes) * _MEGABYTE),
        unpacked=int((100 + 15 * megabytes) * _MEGABYTE),
        result=int((48 + 10 * megabytes) * _MEGABYTE),
    )


def hold(allowed: Budget) -> None:
    """Let the system end this process where it takes more memory, time of the processor, or disk than allowed."""
    if resource is None:
        return
    largest_file = max(allowed.unpacked, allowed.result)
    wanted = {
        resource.RLIMIT_AS: allowed.memory,
        resource.RLIMIT_CPU: int(allowed.seconds) + 1,
        resource.RLIMIT_FSIZE: largest_file,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in wanted.items():
        try:
            resource.setrlimit(limit, (most, most))
        except (OSError, ValueError):  # macOS knows RLIMIT_AS but does not always take it
            continue
