"""What `explain --channels` says: by how much a logit falls when a channel of a layer is removed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cnnviewer.cli.exit_codes import RequestError, wrong
from cnnviewer.cli.progress_bar import ProgressBar
from cnnviewer.core.inspection.attribution.channel_records import Contributions, ContributionsRequest
from cnnviewer.core.models.mutes import How

if TYPE_CHECKING:
    from cnnviewer.core.data.dataset import DataSet
    from cnnviewer.core.inspection.attribution.records import AttributionRequest
    from cnnviewer.core.inspection.records import FloatArray
    from cnnviewer.core.inspection.trace import Inspector

_LISTED = 10


def drops(
    inspector: Inspector, asked: AttributionRequest, layer: str, how: How, image: FloatArray, data: DataSet | None
) -> Contributions:
    """What the score of `asked` loses without each channel of a layer.

    Raises:
        RequestError: there is no such layer, it has no channels, or there are no images for their means.
    """
    from cnnviewer.core.inspection.channel_means import channel_means
    from cnnviewer.core.inspection.contributions import contributions
    from cnnviewer.core.inspection.sample_size import sample_size, spread

    means = None
    if how == "mean":
        if data is None:
            raise RequestError("The means of channels are computed over training images: say --dataset KEY.")
        chosen = spread(len(data.train), sample_size(inspector.architecture, len(data.train)))
        means = wrong(channel_means, inspector, data.train.images[chosen], layer)
    request = ContributionsRequest(layer, asked.target, asked.against, how, means)
    with ProgressBar() as bar:
        return wrong(contributions, inspector, request, image, lambda share: bar.reach(share, "removing channels"))


def described(found: Contributions) -> dict[str, object]:
    """As JSON."""
    means = found.request.means
    return {
        "layer": found.request.layer,
        "removed_by": found.request.how,
        **({"means": list(means.values), "images": means.images} if means is not None else {}),
        "score": found.score,
        "drops": found.drops.tolist(),
        "sum": found.total,
        "together": found.together,
        "adds_up": found.adds_up,
    }


def lines(found: Contributions) -> Iterator[str]:
    """The largest drops, and whether they add up."""
    means = found.request.means
    by = "0" if means is None else f"its mean over {means.images:,} training images"
    score = "the logit loses" if found.request.against is None else "the difference of the two logits loses"
    if found.log_odds:
        score = "the log-odds lose"
    yield f"What {score} without a channel of {found.request.layer}, which is replaced by {by}:"
    for channel in found.order[:_LISTED].tolist():
        yield f"  channel {channel}: {found.drops[channel]:+.4g}"
    if len(found.drops) > _LISTED:
        yield f"  and {len(found.drops) - _LISTED} channels with smaller changes"
    ends = f"{found.total:+.4g}; without all channels together it loses {found.together:+.4g}"
    if found.adds_up:
        yield f"The single drops add up: their sum is {ends}."
    else:
        yield (
            f"The single drops do not add up: their sum is {ends}. What lies behind the layer is not linear, so that "
            "channels stand in for each other or need each other."
        )
