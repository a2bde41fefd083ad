"""A body is made once, kept while it is asked for, and made one at a time."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from webapp.shelf import Body, Shelf


def test_a_body_is_the_same_bytes_for_the_same_value():
    one, other = Body.of({"名": [1, None]}), Body.of({"名": [1, None]})
    assert one == other
    assert one.plain == '{"名":[1,null]}'.encode()
    assert gzip.decompress(one.zipped) == one.plain
    assert Body.of({"名": [2, None]}).etag != one.etag


def test_nan_never_leaves_the_house():
    with pytest.raises(ValueError, match="JSON compliant"):
        Body.of(float("nan"))


def test_the_least_asked_for_is_forgotten():
    shelf, made = Shelf(2), []

    def ask(key):
        shelf.body(key, lambda: made.append(key))

    for key in "abacab":
        ask(key)
    assert made == ["a", "b", "c", "b"]


def test_what_fails_is_asked_again():
    shelf = Shelf(2)
    with pytest.raises(ZeroDivisionError):
        shelf.body("k", lambda: 1 // 0)
    assert shelf.body("k", lambda: 1).plain == b"1"


def test_many_asking_at_once_make_it_once():
    shelf, made, start = Shelf(4), [], Barrier(8)

    def ask(_):
        start.wait()
        return shelf.body("k", lambda: made.append(1) or "done")

    with ThreadPoolExecutor(8) as crowd:
        bodies = list(crowd.map(ask, range(8)))
    assert (len(made), len({body.etag for body in bodies})) == (1, 1)
