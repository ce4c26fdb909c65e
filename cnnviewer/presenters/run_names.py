"""Names of runs: the user's, else what distinguishes a run from the others of the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from PySide6.QtCore import QCoreApplication

from cnnviewer.core.counting import counted
from cnnviewer.core.data import registry
from cnnviewer.core.data.key import DataKey
from cnnviewer.core.errors import UserError
from cnnviewer.core.plain_text import short, visible
from cnnviewer.core.runs.format.created import local, order
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.core.runs.format.stated_names import StatedName
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.freezing import names_in
from cnnviewer.presenters.resolve import title_of

Described = tuple[RunInfo, Notes]
"""A run of the list: its description and the user's notes."""
_START: Final = "start"
"""The weights that a run began with: where there are some, its name says so."""
_TIMES: Final = {
    "": slice(0),
    "minute": slice(11, 16),
    "second": slice(11, 19),
    "day": slice(0, 10),
    "day and minute": slice(0, 16),
    "day and second": slice(0, 19),
}
"""Parts of a local time, `2026-11-24 10:31:05`."""
_OF_A_DAY: Final = ("minute", "second", "day and second")
"""Which of them tell runs of one day apart: the first that does is said."""
_OF_DAYS: Final = ("day", "day and minute", "day and second")


@dataclass(frozen=True)
class GivenName:
    """A run, and what its name states of the time at which it began and of its `_settings`."""

    info: RunInfo
    stated: StatedName

    @property
    def words(self) -> str:
        """In words, in the current language."""
        settings = _settings(self.info)
        said = ", ".join(filter(None, (settings.get(each) for each in self.stated.settings)))
        return " · ".join(filter(None, (said, local(self.info.created)[_TIMES.get(self.stated.time, slice(0))])))


class Given(dict[str, GivenName]):
    """By the id of a run, also of one that is deleted and may come back, what its name states.

    Attributes:
        planned: settings of trainings that are still to come in a sweep: its first run is told apart from these.
    """

    planned: tuple[TrainConfig, ...] = ()

    def recall(self, runs: Sequence[Described], written: Mapping[str, StatedName]) -> None:
        """Take up what was written down of the names of these runs, which were given in another window or earlier."""
        for info, notes in runs:
            if info.id in written and info.id not in self and not visible(notes.name):
                self[info.id] = GivenName(info, written[info.id])

    def beside(self, written: Mapping[str, StatedName]) -> dict[str, StatedName]:
        """What is to be written down, too."""
        return {ident: name.stated for ident, name in self.items() if ident not in written}


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


def start_text(info: RunInfo, room: int = 24) -> str:
    """Which layers of a run are frozen, and with which weights it began, where not with random ones.

    Of names no more than `room` letters are said.
    """
    frozen = _frozen_text(info.config, room)
    if info.start is None:
        return frozen
    template = QCoreApplication.translate("RunName", "from {weights}")
    if info.start.step:
        template = QCoreApplication.translate("RunName", "from {weights} at step {step}")
    weights = template.format(weights=short(visible(info.start.name), room), step=f"{info.start.step:,}")
    return ", ".join(filter(None, (frozen, weights)))


def _frozen_text(config: TrainConfig, room: int) -> str:
    """Such as `conv1, conv2 frozen`; empty where every layer learns."""
    layers = names_in(config.freeze)
    if not layers:
        return ""
    return QCoreApplication.translate("RunName", "{layers} frozen").format(
        layers=short(visible(", ".join(layers)), room)
    )


def _distinctions(runs: Sequence[Described], given: Given | None = None) -> tuple[str, ...]:
    """In words, what sets each run apart from the other unnamed ones of the same model and data set."""
    stated = _stated(runs, given if given is not None else Given())
    return tuple("" if visible(notes.name) else stated[info.id].words for info, notes in runs)


def _stated(runs: Sequence[Described], given: Given) -> Given:
    """What the name of each unnamed run states: as it was given, else so that it differs from all others."""
    alike: dict[str, dict[str, RunInfo]] = {}
    for info in (*(name.info for name in given.values()), *(info for info, notes in runs if not visible(notes.name))):
        alike.setdefault(usual_name(info.config), {})[info.id] = info
    found = Given()
    for usual, group in alike.items():
        every = tuple(group.values())
        planned = tuple(replace(every[0], config=each) for each in given.planned if usual_name(each) == usual)
        settings = _Settings((*every, *planned))
        stated = {
            info.id: GivenName(info, given[info.id].stated if info.id in given else StatedName(settings.telling(place)))
            for place, info in enumerate(every)
        }
        alike_in_words: dict[str, list[RunInfo]] = {}
        for name in stated.values():
            alike_in_words.setdefault(name.words, []).append(name.info)
        for ident, name in stated.items():
            same = [info for info in alike_in_words[name.words] if info.id != ident]
            stays = ident in given and not any(
                each.id in given and order(each) < order(name.info) for each in same
            )  # a run that was resumed may have got the settings of another
            found[ident] = name if stays or not same else _with_time(name, same)
    return found


def _with_time(name: GivenName, same: Sequence[RunInfo]) -> GivenName:
    return replace(name, stated=replace(name.stated, time=_time(name.info, same)))


def _time(info: RunInfo, others: Sequence[RunInfo]) -> str:
    """The shortest part of the local time at which the run began that is another of the others."""
    own, times = local(info.created), [local(other.created) for other in others]
    parts = _OF_A_DAY if all(time[:10] == own[:10] for time in times) else _OF_DAYS
    return next((part for part in parts if all(time[_TIMES[part]] != own[_TIMES[part]] for time in times)), parts[-1])


def _timed(runs: Sequence[Described], said: Sequence[str]) -> tuple[str, ...]:
    """`said` of each run, with the time at which it began where another run has the same."""
    found = []
    for (info, _notes), text in zip(runs, said, strict=True):
        same = [other for (other, _), words in zip(runs, said, strict=True) if words == text and other.id != info.id]
        found.append(" · ".join(filter(None, (text, local(info.created)[_TIMES[_time(info, same)]]))) if same else text)
    return tuple(found)


class _Settings:
    """The settings of runs of one model on one data set, as numbers that are equal where the words are."""

    def __init__(self, runs: Sequence[RunInfo]) -> None:
        self._words = [tuple(_settings(info).values()) for info in runs]
        self._names = tuple(_settings(runs[0]))
        codes: dict[str, int] = {}
        self._codes = np.array([[codes.setdefault(word, len(codes)) for word in words] for words in self._words])

    def telling(self, run: int) -> tuple[str, ...]:
        """As few settings as tell this run from all others; the weights that it began with in any case.

        Of two settings that tell it from as many others the one that can be said, then the first.
        """
        differs = self._codes != self._codes[run]  # (runs, settings)
        said = np.array([word != "" for word in self._words[run]])
        places, start = [], self._names.index(_START)
        if said[start]:
            places.append(start)
            differs = differs[~differs[:, start]]
        while differs.any():
            place = int(np.argmax(2 * differs.sum(axis=0) + said))
            places.append(place)
            differs = differs[~differs[:, place]]
        return tuple(self._names[place] for place in sorted(places))


def _settings(info: RunInfo) -> dict[str, str]:
    """What can differ between two trainings of a model on the same data, in words; empty for nothing to say."""
    config, own = info.config, info.config.data_key
    return {
        _START: start_text(info),
        "learning_rate": QCoreApplication.translate("RunName", "rate {value}").format(
            value=f"{config.learning_rate:g}"
        ),
        "epochs": counted(QCoreApplication.translate("RunName", "{count:epoch|epochs}"), count=config.epochs),
        "batch_size": QCoreApplication.translate("RunName", "batch {count}").format(count=f"{config.batch_size:,}"),
        "momentum": QCoreApplication.translate("RunName", "momentum {value}").format(value=f"{config.momentum:g}"),
        "seed": QCoreApplication.translate("RunName", "seed {value}").format(value=config.seed),
        "parent": _from_step(info),
        "weight_decay": QCoreApplication.translate("RunName", "weight decay {value}").format(
            value=f"{config.weight_decay:g}"
        ),
        "schedule": _schedule(config),
        "augmentation": _augmentation(config),
        "dropout": _dropout(config),
        "validation_fraction": QCoreApplication.translate("RunName", "validation {percent} %").format(
            percent=f"{100 * config.validation_fraction:g}"
        ),
        "device": config.device,
        "dataset": visible(str(own.path)) if own.is_own else "",
    }


def _from_step(info: RunInfo) -> str:
    if info.parent is None:
        return ""
    return QCoreApplication.translate("RunName", "from step {step}").format(step=f"{info.parent.step:,}")


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
