"""The window's file dialogs: they stop nothing, and remember the folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from cnnviewer.core.data.key import DataKey
from cnnviewer.core.models.recipe import WEIGHTS_ENDINGS
from cnnviewer.ui.train.export_curves import ExportCurves
from cnnviewer.ui.window.placing import open_over

PathLike = str | os.PathLike[str]

# ruff: noqa: D102 - each command is documented where it is carried out


class Commands(Protocol):
    """What the window asks for with a path. Each returns whether it was done, tells what went wrong, never raises."""

    def open_image(self, path: PathLike) -> bool: ...
    def open_weights(self, path: PathLike) -> bool: ...
    def save_weights(self, path: PathLike) -> bool: ...
    def open_drawing(self, path: PathLike) -> bool: ...
    def save_drawing(self, path: PathLike) -> bool: ...
    def has_curves(self) -> bool: ...
    def export_plot(self, path: PathLike, size: tuple[int, int] = ..., dark: bool | None = None) -> bool: ...
    def export_data(self, path: PathLike) -> bool: ...
    def export_network(self, path: PathLike) -> bool: ...
    def export_maps(self, path: PathLike) -> bool: ...
    def export_kernels(self, path: PathLike) -> bool: ...


class FileDialogs(QObject):
    """Asks the user for a path and hands it to whoever carries the command out.

    Signals:
        own_data_selected: the user's own data set, `folder:PATH` or `npz:PATH`.
        film_path_chosen: where a film shall go.
    """

    own_data_selected = Signal(str)
    film_path_chosen = Signal(str)

    def __init__(self, window: QWidget, commands: Commands) -> None:
        super().__init__(window)
        self._window = window
        self._commands = commands
        self._folder = str(Path.home())
        self._export_curves: ExportCurves | None = None
        self._curves_look = ((1600, 600), False)

    def ask(self, title: str, filters: str, chosen: Callable[[str], object], save_as: str = "") -> None:
        """Ask for a file to open or, with `save_as` as its first name, to write; `chosen` gets the path."""
        dialog = QFileDialog(self._window, title, self._folder, filters)
        if save_as:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.selectFile(save_as)
            dialog.setDefaultSuffix(save_as.rpartition(".")[2])
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._remember_folder)
        dialog.fileSelected.connect(chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _remember_folder(self, path: str) -> None:
        self._folder = str(Path(path).parent)

    def ask_for_image(self) -> None:
        """Choose a picture to look at."""
        self.ask(
            self.tr("Open image"),
            self.tr("Images (*.png *.jpg *.jpeg *.jfif *.bmp *.gif *.webp *.tif *.tiff *.ppm *.pgm *.avif)"),
            self._commands.open_image,
        )

    def ask_for_weights(self) -> None:
        """Choose weights to show."""
        endings = " ".join(f"*{ending}" for ending in WEIGHTS_ENDINGS)
        self.ask(
            self.tr("Open weights"), self.tr("Weights ({endings})").format(endings=endings), self._commands.open_weights
        )

    def ask_where_to_save_weights(self) -> None:
        """Choose where the weights go."""
        self.ask(
            self.tr("Save weights"),
            self.tr("Weights (*.safetensors)"),
            self._commands.save_weights,
            "weights.safetensors",
        )

    def ask_how_to_export_plot(self) -> None:
        """Choose size and colours of the curves, then where they go; without curves nothing is asked."""
        if not self._commands.has_curves():
            return
        if self._export_curves is None:
            self._export_curves = ExportCurves(self._window)
            self._export_curves.export_requested.connect(self._ask_where_to_export_plot)
        open_over(self._export_curves, self._window)

    def _ask_where_to_export_plot(self, size: tuple[int, int], dark: bool) -> None:
        self._curves_look = (size, dark)
        self.ask(self.tr("Export curves"), self.tr("Pictures (*.png *.svg *.pdf)"), self._export_plot, "curves.png")

    def _export_plot(self, path: str) -> None:
        self._commands.export_plot(path, *self._curves_look)

    def ask_where_to_export_data(self) -> None:
        """Choose where the numbers go; without any nothing is asked."""
        if self._commands.has_curves():
            tables = self.tr("Tables (*.csv *.json)")
            self.ask(self.tr("Export numbers"), tables, self._commands.export_data, "training.csv")

    def ask_where_to_export_network(self) -> None:
        """Choose where the network's picture goes."""
        self.ask(
            self.tr("Export network picture"),
            self.tr("Pictures (*.svg *.png)"),
            self._commands.export_network,
            "network.svg",
        )

    def ask_where_to_export_maps(self) -> None:
        """Choose where the feature maps go."""
        self.ask(
            self.tr("Export feature maps"),
            self.tr("Arrays and pictures (*.npz *.npy *.png)"),
            self._commands.export_maps,
            "maps.png",
        )

    def ask_where_to_export_kernels(self) -> None:
        """Choose where the kernels go."""
        self.ask(
            self.tr("Export kernels"),
            self.tr("Arrays and pictures (*.png *.npy)"),
            self._commands.export_kernels,
            "kernels.png",
        )

    def ask_where_to_export_attribution(self, export: Callable[[str], object]) -> None:
        """Choose where a map of Why goes; `export` gets the path."""
        self.ask(
            self.tr("Export map"), self.tr("Picture, array or description (*.png *.npy *.json)"), export, "why.png"
        )

    def ask_where_to_export_film(self) -> None:
        """Choose where the film of the run goes."""
        self.ask(
            self.tr("Export video"), self.tr("Videos (*.mp4 *.webm *.gif)"), self.film_path_chosen.emit, "film.mp4"
        )

    def ask_where_to_save_changed_picture(self, save: Callable[[str], object]) -> None:
        """Choose where a changed picture goes; `save` gets the path."""
        self.ask(self.tr("Save changed picture"), self.tr("Pictures (*.png)"), save, "changed.png")

    def ask_where_to_save_drawing(self) -> None:
        """Choose where the drawing goes."""
        self.ask(self.tr("Save drawing"), self.tr("Pictures (*.png)"), self._commands.save_drawing, "drawing.png")

    def ask_for_drawing(self) -> None:
        """Choose a drawing for the canvas."""
        self.ask(
            self.tr("Open drawing"),
            self.tr("Images (*.png *.jpg *.jpeg *.jfif *.bmp *.gif *.webp *.tif *.tiff *.ppm *.pgm *.avif)"),
            self._commands.open_drawing,
        )

    def ask_for_own_folder(self) -> None:
        """Choose a folder of the user's own images."""
        dialog = QFileDialog(self._window, self.tr("A folder with one sub-folder of images a class"), self._folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._on_own_folder_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_for_own_npz(self) -> None:
        """Choose an `.npz` file of the user's own."""
        self.ask(self.tr("Open a data set"), self.tr("Arrays (*.npz)"), self._on_own_npz_chosen)

    def _on_own_folder_chosen(self, path: str) -> None:
        self.own_data_selected.emit(str(DataKey("folder", path)))

    def _on_own_npz_chosen(self, path: str) -> None:
        self.own_data_selected.emit(str(DataKey("npz", path)))
