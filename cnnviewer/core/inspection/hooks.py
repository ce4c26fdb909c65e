"""Runs a model that cannot be traced and keeps the value of every module, with forward hooks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.operations import Call, describe
from cnnviewer.core.inspection.recorder import INPUT, Keep, Names, first_tensor, input_layer, keep_all, shape_for_one
from cnnviewer.core.inspection.records import LayerInfo
from cnnviewer.core.inspection.steps import Source, Step


@dataclass(frozen=True)
class _Run:
    """One call of one module: the tensors it took, the tensor it gave and a copy of that."""

    name: str
    module: nn.Module | None
    taken: tuple[torch.Tensor, ...]
    given: torch.Tensor
    copy: torch.Tensor


class HookRecorder:
    """Records the modules' values; the operations between them stay unseen, and `note` says so. See `Recorder`."""

    def __init__(self, model: nn.Module, image: torch.Tensor) -> None:
        self.note = str(
            UserError("This model could not be traced: only its modules are shown, not the operations between them.")
        )
        self._model = model
        self._paths = {module: path for path, module in model.named_modules() if path and _is_leaf(module)}
        self.steps: dict[str, Step] = {}
        self._calls: dict[str, Call] = {}
        self.layers = self._describe(image)
        self.output = self.layers[-1].name

    def record(self, image: torch.Tensor, keep: Keep = keep_all) -> dict[str, torch.Tensor]:
        """See `Recorder`; a layer that did not run for this image is NaN. All are kept: in-place work is unseen."""
        runs = self._run(image)
        self._keep_steps(image, runs)
        values = {run.name: run.copy for run in runs}
        complete = {
            layer.name: values.get(layer.name, torch.full((1, *layer.shape), torch.nan)) for layer in self.layers
        }
        for name, value in complete.items():
            keep(name, value)
        return complete | {INPUT: image.clone()}

    def run(self, images: torch.Tensor) -> dict[str, torch.Tensor]:
        """See `Recorder`."""
        return {INPUT: images} | {run.name: run.given for run in self._run(images)}

    def _keep_steps(self, image: torch.Tensor, runs: list[_Run]) -> None:
        names = [INPUT, *(run.name for run in runs)]
        given = [image, *(run.given for run in runs)]
        self.steps = {}
        for place, run in enumerate(runs, start=1):
            if run.name not in self._calls:
                continue
            found = [_index(tensor, given[:place]) for tensor in run.taken]
            args = tuple(t if i is None else Source(names[i]) for t, i in zip(run.taken, found, strict=True))
            self.steps[run.name] = Step(self._calls[run.name], run.module or torch.clone, args, {})

    def _describe(self, image: torch.Tensor) -> tuple[LayerInfo, ...]:
        layers = [input_layer(shape_for_one(image))]
        given = [image]
        counted: set[int] = set()
        for run in self._run(image):
            learned = [p for p in run.module.parameters() if id(p) not in counted] if run.module else []
            counted.update(id(p) for p in learned)
            call = Call(
                name=run.name,
                operation=run.module or "output",
                module=self._paths[run.module] if run.module else None,
                args=(),
                kwargs={},
                inputs=tuple(dict.fromkeys(layers[i] for i in (_index(t, given) for t in run.taken) if i is not None)),
                shape=shape_for_one(run.copy),
                learned=tuple(tuple(p.shape) for p in learned),
            )
            self._calls[run.name] = call
            layers.append(describe(call))
            given.append(run.given)
        return tuple(layers)

    def _run(self, image: torch.Tensor) -> list[_Run]:
        """Every module's call in order, and the model's output at the end where no module's value is it."""
        runs: list[_Run] = []
        names = Names()

        def keep(module: nn.Module, taken: tuple[Any, ...], given: Any) -> None:
            if torch.is_tensor(given) and given.is_floating_point():
                tensors = tuple(value for value in taken if torch.is_tensor(value))
                # copy: what follows may work in place; the tensor itself is kept to know it again as an input
                runs.append(_Run(names.unique(self._paths[module]), module, tensors, given, given.clone()))

        handles = [module.register_forward_hook(keep) for module in self._paths]
        try:
            output = first_tensor(self._model(image))
        finally:
            for handle in handles:
                handle.remove()
        if not runs or output is not runs[-1].given or not torch.equal(output, runs[-1].copy):
            runs.append(_Run(names.unique("output"), None, (output,), output, output.clone()))
        return runs


def _is_leaf(module: nn.Module) -> bool:
    return not list(module.children()) or (
        type(module).__module__.startswith("torch.nn") and not isinstance(module, (nn.Sequential, nn.ModuleList))
    )


def _index(tensor: torch.Tensor, given: list[torch.Tensor]) -> int | None:
    """Which value this is: the latest that is the same tensor, or of which it is a view."""
    storage = tensor.untyped_storage().data_ptr()
    matches = [i for i, value in enumerate(given) if value is tensor or value.untyped_storage().data_ptr() == storage]
    return matches[-1] if matches else None
