"""Names of runs: the user's, else what distinguishes a run from the others of the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QCoreApplication

from cnnviewer.core.counting import counted
from cnnviewer.core.data import registry
from cnnviewer.core.data.key import DataKey
from cnnviewer.core.errors import UserError
from cnnviewer.core.plain_text import short, visible
from cnnviewer.core.runs.format.created import local
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.presenters.resolve import title_of

Described = tuple[RunInfo, Notes]
"""A run of the list: its description and the user's notes."""
_MOST: Final = 3
"""Differences that a name states in full; of more it states those that set the run apart."""


@dataclass(frozen=True)
class GivenName:
    """What the name of a run states: settings by their places in `_settings`, and whether the time it began at."""

    info: RunInfo
    places: tuple[int, ...]
    timed: bool = False

    @property
    def words(self) -> str:
        """In words, in the current language."""
        settings = _settings(self.info)
        said = ", ".join(settings[place] for place in self.places if settings[place])
        return " · ".join(filter(None, (said, local(self.info.created)[:19]))) if self.timed else said


Given = dict[str, GivenName]
"""By the id of a run, also of one that is deleted and may come back, what its name states."""


def give_names(runs: Sequence[Described], given: Given) -> None:
    """Give a name to each of these runs that has none in `given` yet: those that have one keep it."""
    stated = _stated(runs, given)
    given.update({info.id: stated[info.id] for info, _notes in runs if info.id in stated and info.id not in given})


def whole_name(info: RunInfo, notes: Notes, listed: Sequence[Described] = (), given: Given | None = None) -> str:
    """The user's name for the run, on one line, else such as `LeNet on MNIST · rate 0.05, seed 2`.

    Args:
        info: of the run.
        notes: the user's, with a name where one was given.
        listed: the runs of the list; whether this one is among them does not matter.
        given: the names that stay.

    """
    others = [run for run in listed if run[0].id != info.id]
    return names([*others, (info, notes)], given)[-1]


def names(runs: Sequence[Described], given: Given | None = None) -> tuple[str, ...]:
    """Of each run the user's name, else model and data set with what differs from the other runs of both.

    Two runs without any difference are distinguished by the time at which they began. A name in `given` stays.
    """
    return tuple(
        visible(notes.name) or " · ".join(filter(None, (usual_name(info.config), words)))
        for (info, notes), words in zip(runs, _distinctions(runs, given), strict=True)
    )


def telling_names(runs: Sequence[Described], given: Given | None = None) -> tuple[str, ...]:
    """The names with what sets a run apart first; model and data set behind it, where not all runs have the same."""
    alike = len({usual_name(info.config) for info, _notes in runs}) == 1
    return tuple(
        visible(notes.name)
        or (words if words and alike else " · ".join(filter(None, (words, usual_name(info.config)))))
        for (info, notes), words in zip(runs, _distinctions(runs, given), strict=True)
    )


def short_names(
    runs: Sequence[Described], listed: Sequence[Described] = (), given: Given | None = None
) -> tuple[str, ...]:
    """The names of a few of the runs listed, without the model and the data set where these are the same of all."""
    chosen = {info.id for info, _notes in runs}
    every = [*runs, *(run for run in listed if run[0].id not in chosen)]
    words = _distinctions(every, given)[: len(runs)]
    if len({usual_name(info.config) for info, _notes in runs}) == 1:
        found = [
            visible(notes.name) or said or usual_name(info.config)
            for (info, notes), said in zip(runs, words, strict=True)
        ]
        return _timed(runs, found)
    return _timed(runs, names(every, given)[: len(runs)])


def usual_name(config: TrainConfig) -> str:
    """Such as `LeNet on MNIST`."""
    return QCoreApplication.translate("RunName", "{model} on {data}").format(
        model=title_of(config.model_key), data=data_title(config.data_key)
    )


def data_title(key: DataKey) -> str:
    """A data set's display name: `MNIST`; for the user's own data the name of the folder or file."""
    if key.is_own:
        return visible(key.title)
    try:
        return QCoreApplication.translate("UserError", registry.data_info(str(key)).title)
    except (UserError, KeyError):
        return str(key)


def _distinctions(runs: Sequence[Described], given: Given | None = None) -> tuple[str, ...]:
    """In words, what sets each run apart from the other unnamed ones of the same model and data set."""
    stated = _stated(runs, given or {})
    return tuple("" if visible(notes.name) else stated[info.id].words for info, notes in runs)


def _stated(runs: Sequence[Described], given: Given) -> Given:
    """What the name of each unnamed run states: as it was given, else so that it differs from all others."""
    alike: dict[str, dict[str, RunInfo]] = {}
    for info in (*(name.info for name in given.values()), *(info for info, notes in runs if not visible(notes.name))):
        alike.setdefault(usual_name(info.config), {})[info.id] = info
    found: Given = {}
    for group in alike.values():
        every = tuple(group.values())
        stated = {
            info.id: replace(given[info.id], info=info)
            if info.id in given
            else GivenName(info, _differences(info, every))
            for info in every
        }
        said = Counter(name.words for name in stated.values())
        found |= {
            ident: name if ident in given else replace(name, timed=said[name.words] > 1)
            for ident, name in stated.items()
        }
    return found


def _timed(runs: Sequence[Described], said: Sequence[str]) -> tuple[str, ...]:
    """`said` of each run, with the time at which it began where another run has the same."""
    count = Counter(text for text, _id in {(text, info.id) for (info, _notes), text in zip(runs, said, strict=True)})
    return tuple(
        text if count[text] == 1 else " · ".join(filter(None, (text, local(info.created)[:19])))
        for (info, _notes), text in zip(runs, said, strict=True)
    )


def _differences(info: RunInfo, runs: Sequence[RunInfo]) -> tuple[int, ...]:
    """The places of the settings in which the runs differ; of many, those that set this run apart."""
    settings = _settings(info)
    left = [_settings(each) for each in runs]
    varied = [place for place, word in enumerate(settings) if any(each[place] != word for each in left)]
    if len(varied) > _MOST:
        telling = []
        for place in varied:
            staying = [each for each in left if each[place] == settings[place]]
            if len(staying) < len(left):
                telling.append(place)
                left = staying
        varied = telling
    return tuple(varied)


def _settings(info: RunInfo) -> tuple[str, ...]:
    """What can differ between two trainings of a model on the same data, in words; empty for nothing to say."""
    config, own = info.config, info.config.data_key
    return (
        QCoreApplication.translate("RunName", "rate {value}").format(value=f"{config.learning_rate:g}"),
        counted(QCoreApplication.translate("RunName", "{count:epoch|epochs}"), count=config.epochs),
        QCoreApplication.translate("RunName", "batch {count}").format(count=f"{config.batch_size:,}"),
        QCoreApplication.translate("RunName", "momentum {value}").format(value=f"{config.momentum:g}"),
        QCoreApplication.translate("RunName", "seed {value}").format(value=config.seed),
        _from_step(info),
        _start(info),
        QCoreApplication.translate("RunName", "weight decay {value}").format(value=f"{config.weight_decay:g}"),
        _schedule(config),
        _augmentation(config),
        _dropout(config),
        QCoreApplication.translate("RunName", "validation {percent} %").format(
            percent=f"{100 * config.validation_fraction:g}"
        ),
        config.device,
        visible(str(own.path)) if own.is_own else "",
    )


def _from_step(info: RunInfo) -> str:
    if info.parent is None:
        return ""
    return QCoreApplication.translate("RunName", "from step {step}").format(step=f"{info.parent.step:,}")


def _start(info: RunInfo) -> str:
    if info.start is None:
        return ""
    name = short(visible(info.start.name), 24)
    if not info.config.freeze:
        return QCoreApplication.translate("RunName", "from {weights}").format(weights=name)
    return QCoreApplication.translate("RunName", "from {weights}, {layers} frozen").format(
        weights=name, layers=short(visible(info.config.freeze.replace(",", ", ")), 24)
    )


def _dropout(config: TrainConfig) -> str:
    if config.dropout is None:
        return ""
    return QCoreApplication.translate("RunName", "dropout {value}").format(value=f"{config.dropout:g}")


def _schedule(config: TrainConfig) -> str:
    if config.schedule == "cosine":
        return QCoreApplication.translate("RunName", "cosine schedule")
    return QCoreApplication.translate("RunName", "constant rate")


def _augmentation(config: TrainConfig) -> str:
    match config.augmentation:
        case "flip-crop":
            return QCoreApplication.translate("RunName", "flips and crops")
        case "handwriting":
            return QCoreApplication.translate("RunName", "varied handwriting")
        case _:
            return QCoreApplication.translate("RunName", "no augmentation")
