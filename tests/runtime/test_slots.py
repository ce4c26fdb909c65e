"""The newest value wins, and the reader is told once."""

import threading

from cnnviewer.runtime.slots import LatestSlot


def test_a_slot_keeps_only_the_newest_value() -> None:
    slot: LatestSlot[int] = LatestSlot()
    for value in range(1000):
        slot.put(value)
    assert slot.take() == 999
    assert slot.take() is None


def test_only_the_first_put_says_that_the_reader_must_be_told() -> None:
    slot: LatestSlot[str] = LatestSlot()
    assert slot.put("first")
    assert not slot.put("second")
    slot.take()
    assert slot.put("third")


def test_peeking_leaves_the_value() -> None:
    slot: LatestSlot[str] = LatestSlot()
    slot.put("value")
    assert slot.peek() == "value"
    assert slot.take() == "value"


def test_writers_of_many_threads_never_lose_the_last_value() -> None:
    slot: LatestSlot[int] = LatestSlot()
    seen: list[int] = []

    def write() -> None:
        for value in range(2000):
            slot.put(value)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        value = slot.take()
        if value is not None:
            seen.append(value)
    for thread in threads:
        thread.join()
    last = slot.take()
    assert (last if last is not None else seen[-1]) == 1999
