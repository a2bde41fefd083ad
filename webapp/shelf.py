"""Bodies of replies, each made once: JSON bytes, the same gzipped, and their ETag."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

from wanli_geo.report.wire import written

_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Body:
    """One reply's content as it goes over the wire."""

    plain: bytes
    zipped: bytes
    etag: str

    @classmethod
    def of(cls, value: Any) -> Body:
        """Write JSON (UTF-8, no NaN); the same value gives the same bytes and the same ETag."""
        plain = written(value)
        return cls(plain, gzip.compress(plain, 6, mtime=0), hashlib.sha256(plain).hexdigest()[:32])


class Shelf:
    """Keeps the bodies last asked for. Safe under threads: one body is made at a time, those at hand are given at once."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._bodies: OrderedDict[Hashable, Body] = OrderedDict()
        self._looking, self._making = Lock(), Lock()

    def body(self, key: Hashable, make: Callable[[], Any]) -> Body:
        """Give the body under `key`; where there is none, make it. What fails is not kept."""
        if (found := self._found(key)) is not None:
            return found
        with self._making:
            if (found := self._found(key)) is not None:
                return found
            made = Body.of(make())
            self._keep(key, made)
            return made

    def alone(self, make: Callable[[], _Made]) -> _Made:
        """Make something that is not kept, while no body is made."""
        with self._making:
            return make()

    def _found(self, key: Hashable) -> Body | None:
        with self._looking:
            if key in self._bodies:
                self._bodies.move_to_end(key)
            return self._bodies.get(key)

    def _keep(self, key: Hashable, body: Body) -> None:
        with self._looking:
            self._bodies[key] = body
            while len(self._bodies) > self._size:
                self._bodies.popitem(last=False)
