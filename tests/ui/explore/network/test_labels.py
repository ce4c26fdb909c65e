"""What stands beside the maps, in the shortest form that still says it."""

import pytest

from cnnviewer.core.inspection.records import LayerInfo
from cnnviewer.ui.explore.network.labels import join_texts


@pytest.mark.parametrize(
    ("inputs", "block", "forms"),
    [
        (("layer1.0.bn2", "maxpool"), "layer1", ("0.bn2 + maxpool", "bn2 + maxpool")),
        (("block2.bn2", "block2.downsample.1"), "block2", ("bn2 + downsample.1", "bn2 + downsample.1")),
        (("branches.0", "branches.1"), "", ("branches.0 + branches.1",) * 2),
    ],
)
def test_what_is_added_keeps_names_that_say_something(
    inputs: tuple[str, ...], block: str, forms: tuple[str, ...]
) -> None:
    assert join_texts(LayerInfo("add", "add", "Add", inputs, (4, 8, 8)), block) == forms
