"""Models of the user's own for tests: as Python files, and the modules a plain script makes of them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import torch
from torch import nn

from cnnviewer.core.models.own.own_file import agree

HEADER = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\n\n\n"

SOURCES = {
    "plain": """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(6)
        self.fc = nn.Linear(6, 10)

    def forward(self, x):
        return self.fc(F.relu(self.bn1(self.conv1(x))).mean((2, 3)))
""",
    "one logit": """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 4, 3)
        self.fc = nn.Linear(4, 1)

    def forward(self, x):
        return self.fc(F.relu(self.conv1(x)).mean((2, 3)))
""",
    "no convolution": """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(28 * 28, 16), nn.ReLU(), nn.Linear(16, 10))

    def forward(self, x):
        return self.net(x)
""",
    "no linear layer": """
class Net(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(1, 6, 3), nn.ReLU(), nn.Conv2d(6, num_classes, 1))

    def forward(self, x):
        return self.features(x).mean((2, 3))
""",
    "numbers of its own": """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.ramp = torch.linspace(0, 1, 4)
        self.fc = nn.Linear(3, 4)

    def forward(self, x):
        scores = torch.zeros(x.size(0), 4)
        scores[:, :3] = x.mean((2, 3))
        return self.fc(x.mean((2, 3))) + scores * self.ramp
""",
    "classifier declared first": """
class Net(nn.Module):
    def __init__(self, in_channels=3, num_classes=10):
        super().__init__()
        self.head = nn.Linear(8, num_classes)
        self.hidden = nn.Linear(6, 8)
        self.stem = nn.Conv2d(in_channels, 6, 3)

    def forward(self, x):
        return self.head(F.relu(self.hidden(F.relu(self.stem(x)).mean((2, 3)))))
""",
    "a 3x3 part that is no image's": """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.depthwise = nn.Conv2d(8, 8, 3, groups=8)
        self.stem = nn.Conv2d(1, 8, 3)
        self.fc = nn.Linear(8 * 24 * 24, 7)

    def forward(self, x):
        return self.fc(self.depthwise(self.stem(x)).flatten(1))
""",
    "transformer for 224 pixels": """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Conv2d(3, 16, 32, stride=32)
        self.token = nn.Parameter(torch.zeros(1, 1, 16))
        self.places = nn.Parameter(torch.randn(1, 50, 16))
        self.block = nn.TransformerEncoderLayer(16, 2, 32, batch_first=True)
        self.head = nn.Linear(16, 5)

    def forward(self, x):
        x = self.embed(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(len(x), -1, -1), x], 1) + self.places
        return self.head(self.block(x)[:, 0])
""",
    "no parameters follow anything": """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(4))

    def forward(self, x):
        return F.adaptive_avg_pool2d(x.mean(1), 2).flatten(1) * self.scale
""",
}


def own(kind: str, folder: Path) -> tuple[str, nn.Module]:
    """The registry key of an own model of this kind, and one with weights of its own, in evaluation mode."""
    file = folder / f"{kind.replace(' ', '_')}.py"
    file.write_text(HEADER + SOURCES[kind].lstrip())
    found = importlib.util.spec_from_file_location(f"script_{file.stem}", file)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    torch.manual_seed(0)
    model: nn.Module = module.Net()
    for buffer in model.buffers():
        if buffer.is_floating_point():
            buffer.copy_(torch.rand_like(buffer) + 0.5)
    return agree(file, "Net"), model.eval()
