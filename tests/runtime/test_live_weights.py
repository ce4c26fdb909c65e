"""While the past is looked at, a training's weights wait; the newest are remembered."""

from cnnviewer.core.models.registry import MODELS
from cnnviewer.core.models.state import ModelState
from cnnviewer.presenters.resolve import untrained
from cnnviewer.runtime.live_weights import LiveWeights
from tests.small_data import GREY


class Sink:
    def __init__(self) -> None:
        self.taken: list[int] = []
        self.wants = True

    def wants_weights(self) -> bool:
        return self.wants

    def set_weights(self, state: ModelState, step: int) -> None:
        self.taken.append(step)

    def let_through(self, seconds: float) -> None: ...


def test_what_is_held_back_never_reaches_the_sink_and_is_the_newest_all_the_same() -> None:
    sink, first, second = Sink(), untrained(MODELS["lenet"], GREY), untrained(MODELS["lenet"], GREY)
    live = LiveWeights(sink)
    live.set_weights(first, 1)
    live.hold()
    live.set_weights(second, 2)
    assert sink.taken == [1]
    assert live.newest is second
    live.follow()
    live.set_weights(first, 3)
    assert sink.taken == [1, 3]


def test_only_a_followed_training_asks_whether_the_last_snapshot_was_dealt_with() -> None:
    sink = Sink()
    live = LiveWeights(sink)
    sink.wants = False
    assert not live.wants_weights()
    live.hold()
    assert live.wants_weights()
    live.set_weights(untrained(MODELS["lenet"], GREY), 1)
    assert not live.wants_weights()  # nobody looks: a copy a second is enough


def test_another_training_is_followed_from_its_beginning() -> None:
    live = LiveWeights(Sink())
    live.set_weights(untrained(MODELS["lenet"], GREY), 1)
    live.hold()
    live.begin()
    assert live.following
    assert live.newest is None


def test_a_training_gives_way_only_while_a_snapshot_is_waited_for() -> None:
    live = LiveWeights(Sink())
    live.let_through(60.0)  # nobody waits: it comes back at once
    live.set_waiting(True)
    live.set_waiting(False)
    live.let_through(60.0)
