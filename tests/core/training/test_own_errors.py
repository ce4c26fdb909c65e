"""What the user's own code raises while it trains is told as the line and the reason; devices' failures stay theirs."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.failure import TrainingFailed
from cnnviewer.core.training.loop import Training
from tests.core.own_models import line_of, own_model
from tests.small_data import tiny

CONFIG = TrainConfig(dataset="tiny-grey", epochs=1, batch_size=32, threads=1)  # 144 images: the last batch has 16


def net(lines: str, more: str = "") -> str:
    """A model whose `forward` runs `lines` on the flat images `x` and then its one layer."""
    inner = "\n        ".join(lines.strip().splitlines())
    return f"""{more}
class Broken(Exception):
    def __str__(self):
        raise RuntimeError("no words")


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(784, 10)

    def endless(self, x):
        return self.endless(x)  # RecursionError is from here

    def forward(self, x):
        x = x.flatten(1)
        {inner}
        return self.fc(x)
"""


TRAINING = "if self.training:\n    {line}  # here"
CASES = {
    "ValueError": (TRAINING.format(line='raise ValueError("not this size")'), "ValueError: not this size"),
    "TypeError": (TRAINING.format(line="x = x + None"), "TypeError: unsupported operand"),
    "KeyError": (TRAINING.format(line='{}["size"]'), "KeyError: 'size'"),
    "IndexError": (TRAINING.format(line="x[:, 900]"), "IndexError: index 900 is out of bounds"),
    "ZeroDivisionError": (TRAINING.format(line="1 // 0"), "ZeroDivisionError: integer"),
    "an assertion": (TRAINING.format(line="assert x.shape[1] == 900"), "AssertionError. The last"),
    "an assertion with words": (TRAINING.format(line='assert False, "900 wanted."'), "AssertionError: 900 wanted. The"),
    "PyTorch's RuntimeError": (
        TRAINING.format(line="x = x.view(-1, 1000)"),
        "RuntimeError: shape '[-1, 1000]' is inval",
    ),
    "a wrong dtype": (
        TRAINING.format(line="x = self.fc(x.double())"),
        "RuntimeError: mat1 and mat2 must have the same dt",
    ),
    "StopIteration": (TRAINING.format(line="next(iter(()))"), "StopIteration"),
    "SystemExit": (TRAINING.format(line="raise SystemExit(3)"), "SystemExit: 3"),
    "an error without words": (TRAINING.format(line="raise Broken"), "Broken. The last"),
    "it speaks of a device": (
        TRAINING.format(line='raise ValueError("cuda error, out of memory")'),
        "ValueError: cuda er",
    ),
    "it speaks of a connection": (
        TRAINING.format(line='raise RuntimeError("connection timed out")'),
        "RuntimeError: conn",
    ),
    "endless": (
        TRAINING.format(line="self.endless(x)").replace("# here", ""),
        "RecursionError: maximum recursion depth exceeded",
    ),
    "only of a smaller batch": ("if len(x) == 16:\n    raise ValueError(len(x))  # here", "ValueError: 16"),
    "only while it evaluates": (
        "if not self.training and len(x) > 2:\n    raise ValueError(7)  # here",
        "ValueError: 7",
    ),
}


@pytest.mark.parametrize(("lines", "reason"), CASES.values(), ids=CASES.keys())
def test_the_line_and_the_reason_are_reported_and_recorded(lines: str, reason: str, tmp_path: Path) -> None:
    recording = begin(tiny(), replace(CONFIG, model=own_model(tmp_path, net(lines))), tmp_path / "runs")
    with pytest.raises(TrainingFailed) as failed:
        list(recording.events())
    line = line_of(tmp_path, "RecursionError is" if "endless" in lines else "# here")
    assert str(failed.value).startswith(f"The training stopped at line {line} of net.py: {reason}")
    assert failed.value.field == "model"
    assert failed.value.state is not None
    assert "\n" not in str(failed.value)
    info = read_info(recording.folder)
    assert (info.status, info.problem) == ("failed", str(failed.value))


def test_an_error_in_another_file_of_theirs_is_reported_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "own_blocks.py").write_text(
        "def half(x, training):\n    y = x\n    return y / (0 if training else 2) // 'a'\n"
    )
    key = own_model(tmp_path, net("x = half(x, self.training) if self.training else x", "from own_blocks import half"))
    with pytest.raises(TrainingFailed, match=r"line 3 of own_blocks\.py: TypeError: unsupported operand"):
        list(Training(tiny(), replace(CONFIG, model=key)))


def test_a_value_changed_in_place_is_reported_without_a_line(tmp_path: Path) -> None:
    key = own_model(tmp_path, net("y = torch.sigmoid(self.fc(x))\ny += 1\nreturn y"))
    with pytest.raises(TrainingFailed) as failed:
        list(Training(tiny(), replace(CONFIG, model=key)))
    text = str(failed.value)
    assert text.startswith("Net (net.py) cannot learn: it changes a value in place (x += …")
    assert "modified by an inplace operation" in text
    assert "anomaly" not in text
    assert "device" not in text


GRADIENTS = """
class Own(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.clone()

    @staticmethod
    def backward(ctx, g):
        return {returned}
"""


@pytest.mark.parametrize(
    ("returned", "words"),
    [
        ("g, g", r"^Net \(net.py\) cannot learn: RuntimeError: function OwnBackward returned an incorrect number"),
        ("g / None", r"^The training stopped at line 14 of net\.py: TypeError: unsupported operand"),
    ],
    ids=["PyTorch's", "theirs"],
)
def test_an_error_of_the_backward_pass_is_reported_as_the_models(returned: str, words: str, tmp_path: Path) -> None:
    key = own_model(tmp_path, net("return Own.apply(self.fc(x))", GRADIENTS.format(returned=returned)))
    with pytest.raises(TrainingFailed, match=words):
        list(Training(tiny(), replace(CONFIG, model=key)))


@pytest.mark.parametrize("kind", ["KeyboardInterrupt", "GeneratorExit"])
def test_an_interrupt_passes_through(kind: str, tmp_path: Path) -> None:
    key = own_model(tmp_path, net(f"if self.training:\n    raise {kind}"))
    with pytest.raises((KeyboardInterrupt, GeneratorExit)):
        list(Training(tiny(), replace(CONFIG, model=key)))


DEVICE = {
    "a device": (
        'torch.AcceleratorError("CUDA error: unspecified launch failure")',
        "The device cpu failed: CUDA error",
    ),
    "cuDNN": ('RuntimeError("cuDNN error: CUDNN_STATUS_INTERNAL_ERROR")', "The device cpu failed: cuDNN error"),
    "memory": ("MemoryError()", "The memory of cpu ran out."),
    "PyTorch's memory": ('torch.OutOfMemoryError("CUDA out of memory. Tried")', "The memory of cpu ran out."),
    "the allocator": (
        'RuntimeError("DefaultCPUAllocator: can\'t allocate memory: you tried to allocate 9 bytes")',
        "The memory of cpu ran out.",
    ),
}


@pytest.mark.parametrize(("raised", "words"), DEVICE.values(), ids=DEVICE.keys())
def test_a_device_that_fails_in_their_line_is_still_the_device(raised: str, words: str, tmp_path: Path) -> None:
    key = own_model(tmp_path, net(f"if self.training:\n    raise {raised}"))
    with pytest.raises(TrainingFailed) as failed:
        list(Training(tiny(), replace(CONFIG, model=key)))
    assert str(failed.value).startswith(words)


def test_a_model_of_ours_that_fails_is_the_devices_failure() -> None:
    training = Training(tiny(), CONFIG)
    training._model.fc2 = torch.nn.Linear(7, 10)
    with pytest.raises(TrainingFailed, match="The device cpu failed: mat1 and mat2 shapes cannot be multiplied"):
        list(training)
