"""How fast a run is played: how long it takes, and how many of its steps are shown a second. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

USUAL_SECONDS: Final = 12.0
"""How long a run is played, and how long its video is, unless set otherwise."""
MOST_A_SECOND: Final = 25.0
"""Steps that are shown a second; of more, some are skipped evenly."""
LONGEST_VIDEO: Final = 120.0


@dataclass(frozen=True)
class Pace:
    """Either a duration or a speed.

    Attributes:
        seconds: how long the whole run takes; None: as long as the speed makes it.
        speed: steps a second, where no duration is set.

    """

    seconds: float | None = USUAL_SECONDS
    speed: float = 10.0

    def speed_of(self, count: int) -> float:
        """How many steps pass in a second, of a run with `count` that can be shown."""
        return max(1, count - 1) / self.seconds if self.seconds is not None else self.speed

    def seconds_of(self, count: int) -> float:
        """How long a run with `count` steps takes."""
        return self.seconds if self.seconds is not None else max(1, count - 1) / self.speed

    def video_seconds(self, count: int) -> float:
        """How long the video of such a run is: as long as it plays, within reason."""
        return min(LONGEST_VIDEO, max(1.0, self.seconds_of(count)))
