"""Keyset pages of lists in memory."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from application.kernel.pages import Key, Page, Slice

Item = TypeVar("Item")


def page_of(
    every: Sequence[Item], key: Callable[[Item], Key], slice: Slice, *, backwards: bool = False
) -> Page[Item]:
    ordered = sorted(every, key=key, reverse=backwards)
    keys = [key(each) for each in ordered]
    start = 0 if slice.after is None else keys.index(tuple(slice.after)) + 1
    end = start + slice.limit
    return Page(items=ordered[start:end], next=keys[end - 1] if keys[end:] else None)
