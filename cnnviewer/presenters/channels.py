"""The page Channels of Why: asks what the logit loses without each channel, and mutes channels from there."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import torch
from PySide6.QtCore import Signal

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.attribution.attribute import layer_with_maps
from cnnviewer.core.inspection.attribution.channel_records import ChannelMeans, Contributions, ContributionsRequest
from cnnviewer.core.inspection.attribution.records import images_at_once, is_slow
from cnnviewer.core.inspection.channel_means import channel_means
from cnnviewer.core.inspection.channels import can_be_muted
from cnnviewer.core.inspection.contributions import contributions
from cnnviewer.core.inspection.mute_edits import number_of, place_of
from cnnviewer.core.inspection.receptive import highlight
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.models.mutes import How
from cnnviewer.presenters.analysis import AnalysisPresenter, PageStudies
from cnnviewer.presenters.mutes import MutesPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.resolve import reads
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.tasks.mutes import images_for_means
from cnnviewer.presenters.why_views import ChannelsView
from cnnviewer.runtime.analysis_thread import Run, Study, Subject

_DROPS = "drops"
_SHARE_OF_MEANS = 0.3  # of the progress

Asked = tuple[Subject, ContributionsRequest]


class ChannelsPresenter(Presenter):
    """Owner of the layer and of what stands in place of a removed channel.

    Signals:
        lit: the `Highlight` of the channel pointed at; None: none is.
        cell_requested: the `Cell` of a channel that shall be shown in the network.
    """

    lit = Signal(object)
    cell_requested = Signal(object)

    def __init__(
        self, services: Services, analysis: AnalysisPresenter, mutes: MutesPresenter, page: ChannelsView
    ) -> None:
        super().__init__(services)
        self._analysis = analysis
        self._mutes = mutes
        self._page = page
        self._layer = ""
        self._how: How = "zero"
        self._asked: Asked | None = None
        self._known: Asked | None = None  # what is shown
        self._means: tuple[object, object, ChannelMeans] | None = None  # of which tensors and data
        self._wanted = False  # the user has asked for a study that takes long
        self._studies = PageStudies(analysis, "channels", self._refresh)
        self._studies.answered.connect(self._on_answered)
        self._studies.failed.connect(self._on_failed)
        self._studies.progressed.connect(self._on_progressed)
        self._studies.cleared.connect(self._on_cleared)
        page.layer_chosen.connect(self._on_layer_chosen)
        page.how_chosen.connect(self._on_how_chosen)
        page.compute_requested.connect(self._on_compute_requested)
        page.cancelled.connect(self._studies.cancel)
        page.channel_hovered.connect(self._on_channel_hovered)
        page.channel_opened.connect(self._on_channel_opened)
        page.mute_toggled.connect(self._on_mute_toggled)
        self._session.mutes_changed.connect(self._show_muted)

    # what is asked

    def _refresh(self) -> None:
        subject, question = self._analysis.subject, self._analysis.question
        if subject is None or question is None:
            return
        layers = _layers(subject.architecture)
        if self._layer not in layers:
            self._layer = _usual(layers, subject.architecture)
        self._page.set_layers(layers, self._layer)
        self._page.set_classes(self._analysis.classes)
        self._show_muted()
        if not self._layer:
            self._page.set_problem(UserError("This model has no layer whose channels can be removed."))
            return
        request = ContributionsRequest(self._layer, question.target, question.against, self._how)
        if self._known == (subject, request):
            return
        images = self._images(subject)
        if self._how == "mean" and images is None:
            problem = UserError("The mean of a channel is taken over a data set: choose one that fits the model.")
            self._page.set_problem(problem)
        elif is_slow(images_at_once(subject.architecture)) and not self._wanted:
            self._page.set_contributions(None)
            self._page.set_offered(True)
        else:
            self._wanted = False
            self._page.set_offered(False)
            self._asked = subject, request
            self._studies.ask(_DROPS, _study(request, images, self._known_means(subject)))

    def _images(self, subject: Subject) -> torch.Tensor | None:
        data = self._session.data
        if data is None or not reads(subject.state, data.info):
            return None
        return images_for_means(subject.architecture, data)

    def _known_means(self, subject: Subject) -> ChannelMeans | None:
        if self._means is None or self._means[2].layer != self._layer:
            return None
        tensors, data, means = self._means
        return means if tensors is subject.state.tensors and data is self._session.data else None

    # what comes back

    def _on_answered(self, _kind: str, found: Contributions, _final: bool) -> None:
        if self._asked is None:
            return
        self._known = self._asked
        if found.request.means is not None:
            self._means = self._known[0].state.tensors, self._session.data, found.request.means
        self._page.set_contributions(found)

    def _on_failed(self, _kind: str, problem: UserError) -> None:
        self._known = None
        self._page.set_problem(problem)

    def _on_progressed(self, _kind: str, fraction: float | None) -> None:
        self._page.set_progress(fraction)
        if fraction is None and self._known != self._asked:
            self._page.set_offered(True)  # cancelled: it can be asked for again

    def _on_cleared(self) -> None:
        self._known = self._asked = self._means = None
        self._layer = ""
        self._page.set_contributions(None)

    # what the user does

    def _on_layer_chosen(self, layer: str) -> None:
        self._layer = layer
        self._ask_anew()

    def _on_how_chosen(self, how: str) -> None:
        self._how = cast(How, how)
        self._ask_anew()

    def _on_compute_requested(self) -> None:
        self._wanted = True
        self._studies.refresh()

    def _ask_anew(self) -> None:
        self._studies.cancel()
        self._studies.refresh()

    def _on_channel_hovered(self, channel: int | None) -> None:
        subject = self._analysis.subject
        if subject is None or channel is None or not self._layer:
            self.lit.emit(None)
        else:
            self.lit.emit(highlight(subject.architecture, place_of(self._layer, channel, subject.architecture)))

    def _on_channel_opened(self, channel: int) -> None:
        if self._analysis.subject is not None:
            self.cell_requested.emit(number_of(self._layer, channel, self._analysis.subject.architecture))

    def _on_mute_toggled(self, channel: int) -> None:
        if channel in self._muted:
            self._mutes.let_through(self._layer, channel)
        else:
            self._mutes.mute(self._layer, channel, self._how)

    @property
    def _muted(self) -> frozenset[int]:
        return frozenset(mute.channel for mute in self._session.mutes if mute.layer == self._layer)

    def _show_muted(self) -> None:
        self._page.set_muted(self._muted)


def _layers(architecture: Architecture) -> tuple[str, ...]:
    return tuple(layer.name for layer in architecture.layers if can_be_muted(layer, architecture))


def _usual(layers: tuple[str, ...], architecture: Architecture) -> str:
    """The last layer with maps larger than a pixel, as of Grad-CAM; else the last one there is."""
    try:
        found = layer_with_maps(None, architecture)
    except UserError:
        found = ""
    return found if found in layers else layers[-1] if layers else ""


def _study(request: ContributionsRequest, images: torch.Tensor | None, known: ChannelMeans | None) -> Run:
    def run(study: Study) -> Contributions:
        asked, done = request, 0.0
        if request.how == "mean" and images is not None:
            means = known
            if means is None:
                done = _SHARE_OF_MEANS
                means = channel_means(
                    study.inspector,
                    images,
                    request.layer,
                    lambda share: study.progress(done * share),
                    study.abandoned,
                )
            asked = replace(request, means=means)
        return contributions(
            study.inspector,
            asked,
            study.image,
            lambda share: study.progress(done + (1 - done) * share),
            study.abandoned,
        )

    return run
