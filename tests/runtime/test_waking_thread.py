"""The threads that answer requests sleep, wake and end alike."""

import threading

from cnnviewer.runtime.waking_thread import WakingThread


class Counting(WakingThread):
    """Tells when a turn begins and waits there until it may go on."""

    def __init__(self):
        super().__init__()
        self.turns = 0
        self.begun, self.may_end = threading.Semaphore(0), threading.Semaphore(0)

    def run(self):
        while self.next_turn():
            self.turns += 1
            self.begun.release()
            self.may_end.acquire(timeout=10)


def test_a_request_made_during_a_turn_gets_a_turn_of_its_own():
    thread = Counting()
    thread.start()
    thread.wake()
    assert thread.begun.acquire(timeout=10)
    thread.wake()
    thread.may_end.release()
    assert thread.begun.acquire(timeout=10)
    thread.may_end.release()
    thread.shut_down()
    assert thread.turns == 2


def test_several_requests_made_during_a_turn_get_one_turn():
    thread = Counting()
    thread.start()
    thread.wake()
    assert thread.begun.acquire(timeout=10)
    for _ in range(5):
        thread.wake()
    thread.may_end.release(2)
    assert thread.begun.acquire(timeout=10)
    thread.shut_down()
    assert thread.turns == 2


def test_the_processor_time_of_a_thread_is_known_after_each_turn():
    thread = Counting()
    thread.start()
    thread.wake()
    assert thread.begun.acquire(timeout=10)
    first = thread.worked
    assert first > 0
    thread.may_end.release()
    thread.wake()
    assert thread.begun.acquire(timeout=10)
    assert thread.worked > first
    thread.may_end.release()
    thread.shut_down()


def test_a_thread_ends_that_was_never_asked_for_anything():
    thread = Counting()
    thread.start()
    thread.shut_down()
    assert thread.isFinished()
    assert thread.turns == 0


def test_what_is_left_to_do_needs_no_waking():
    class Counting(WakingThread):
        left = 3

        def run(self):
            self.next_turn()
            while self.left and self.next_turn(more=True):
                self.left -= 1

    thread = Counting()
    thread.start()
    thread.wake()
    assert thread.wait(10_000)
    assert thread.left == 0
