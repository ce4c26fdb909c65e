"""Channels that are muted: what stands in place of their values, in every pass of the model. Free of torch."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from cnnviewer.core.errors import UserError

How = Literal["zero", "mean"]
HOWS: Final[tuple[How, ...]] = ("zero", "mean")
_MOST: Final = 8  # in a list of words


@dataclass(frozen=True, order=True)
class Mute:
    """A channel of a layer is replaced by one number.

    Attributes:
        layer: name of the layer, as the architecture has it: `conv1`, `relu_1`.
        channel: its number; of a layer of shape `(N,)` the feature.
        how: `zero`, or `mean`: the channel's mean over images of the data and over its places.
        value: that mean, in the units of the layer; None as long as it is not known, and for `zero`.

    """

    layer: str
    channel: int
    how: How = "zero"
    value: float | None = None

    def __post_init__(self) -> None:
        if self.how == "zero" and self.value is not None:
            object.__setattr__(self, "value", None)  # so that two mutes to zero are equal

    @property
    def replaced_by(self) -> float:
        """What stands in place of the channel's values.

        Raises:
            UserError: it is a mean that is not known yet.
        """
        if self.how == "zero":
            return 0.0
        if self.value is None:
            raise UserError(
                "Channel {channel} of {layer} is muted to its mean, which is not known yet: compute it first.",
                channel=self.channel,
                layer=self.layer,
            )
        return self.value


Mutes = tuple[Mute, ...]
"""Sorted by layer and channel, one for each channel: `muted` makes them so."""


def muted(mutes: Iterable[Mute]) -> Mutes:
    """Sorted, and of several mutes of one channel only the last."""
    last = {(mute.layer, mute.channel): mute for mute in mutes}
    return tuple(last[place] for place in sorted(last))


def with_mute(mutes: Mutes, mute: Mute) -> Mutes:
    """These mutes and one more, which takes the place of another one of the same channel."""
    return muted((*mutes, mute))


def without_mute(mutes: Mutes, layer: str, channel: int) -> Mutes:
    """These mutes without that of one channel."""
    return tuple(mute for mute in mutes if (mute.layer, mute.channel) != (layer, channel))


def as_word(mute: Mute) -> str:
    """As a command line takes it: `conv1:3`, `conv1:3=0.25`."""
    return f"{mute.layer}:{mute.channel}" + ("" if mute.how == "zero" else f"={mute.replaced_by!r}")


def listed(mutes: Mutes) -> str:
    """`conv1:3 = 0, fc1:7 = 0.25`; a long list is cut."""
    each = [f"{mute.layer}:{mute.channel} = {mute.replaced_by:.4g}" for mute in mutes]
    return ", ".join(each) if len(each) <= _MOST else f"{', '.join(each[: _MOST - 1])} and {len(each) - _MOST + 1} more"


def as_plain(mutes: Mutes) -> list[dict[str, Any]]:
    """As JSON holds them: `{"layer", "channel", "how"}`, and `"value"` for a mean."""
    return [
        {"layer": mute.layer, "channel": mute.channel, "how": mute.how}
        | ({} if mute.value is None else {"value": mute.value})
        for mute in mutes
    ]


def from_plain(plain: object) -> Mutes:
    """The mutes in what JSON held.

    Raises:
        ValueError: it holds something else.
    """
    if not isinstance(plain, (list, tuple)):
        raise ValueError("mutes are a list")
    return muted(_mute(each) for each in plain)


def _mute(plain: object) -> Mute:
    if not isinstance(plain, Mapping):
        raise ValueError("a mute is an object")
    layer, channel, how = (plain.get(name) for name in ("layer", "channel", "how"))
    value: Any = plain.get("value")
    if not (isinstance(layer, str) and layer and type(channel) is int and channel >= 0 and how in HOWS):
        raise ValueError("a mute names a layer, a channel and how")
    if how == "mean" and not (type(value) in (int, float) and math.isfinite(value)):
        raise ValueError("a mute to the mean has a value")
    return Mute(layer, channel, how, None if how == "zero" else float(value))
