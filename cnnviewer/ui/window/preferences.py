"""Preferences: language, theme, motion, folders and disk space; each acts at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.escape import close_with_escape
from cnnviewer.ui.widgets.fields import real_number
from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.window.settings_shown import ShownSettings

_GIB = 2**30


class Preferences(Translated, QWidget):
    """A small window; nothing in it needs an OK.

    Signals:
        language_selected: `system`, `en` or `ko`.
        theme_selected: `system`, `light` or `dark`.
        motion_selected: whether things may move.
        data_dir_selected: the folder where data sets are looked for.
        runs_dir_selected: the folder where runs are kept.
        budget_selected: bytes that all runs together may take.
    """

    language_selected = Signal(str)
    theme_selected = Signal(str)
    motion_selected = Signal(bool)
    data_dir_selected = Signal(str)
    runs_dir_selected = Signal(str)
    budget_selected = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Window, True)
        close_with_escape(self)
        self._language = _combo("languageCombo", ("system", "en", "ko"))
        self._theme = _combo("themeCombo", ("system", "light", "dark"))
        self._motion = QCheckBox()
        self._motion.setObjectName("motionCheck")
        self._folder, self._choose = _folder("dataDirEdit", "dataDirButton")
        self._runs, self._choose_runs = _folder("runsDirEdit", "runsDirButton")
        self._space = real_number("runsBudgetSpin", 0.1, 10_000.0, 0.5)
        self._labels = [PlainLabel() for _ in range(6)]
        form = QFormLayout(self)
        form.setContentsMargins(16, 16, 16, 16)
        form.setSpacing(12)
        form.addRow(self._labels[0], self._language)
        form.addRow(self._labels[1], self._theme)
        form.addRow(self._labels[2], self._motion)
        form.addRow(self._labels[3], _beside(self._folder, self._choose))
        form.addRow(self._labels[4], _beside(self._runs, self._choose_runs))
        form.addRow(self._labels[5], self._space)
        self._language.activated.connect(self._on_language_activated)
        self._theme.activated.connect(self._on_theme_activated)
        self._motion.toggled.connect(self.motion_selected)
        self._choose.clicked.connect(self._on_choose_clicked)
        self._choose_runs.clicked.connect(self._on_choose_runs_clicked)
        self._space.valueChanged.connect(self._on_space_changed)
        self.resize(560, 280)
        self.retranslate()

    def show_choices(self, choices: ShownSettings) -> None:
        """Show what is in use."""
        self._theme.setCurrentIndex(self._theme.findData(choices.theme))
        self._language.setCurrentIndex(self._language.findData(choices.language))
        for editor in (self._motion, self._space):
            editor.blockSignals(True)
        self._motion.setChecked(choices.motion)
        self._space.setValue(round(choices.budget / _GIB, 2))
        for editor in (self._motion, self._space):
            editor.blockSignals(False)
        self._folder.setText(choices.data_dir)
        self._runs.setText(choices.runs_dir)

    def _on_language_activated(self) -> None:
        self.language_selected.emit(self._language.currentData())

    def _on_theme_activated(self) -> None:
        self.theme_selected.emit(self._theme.currentData())

    def _on_choose_clicked(self) -> None:
        self._ask(self.tr("Data folder"), self._folder, self.data_dir_selected)

    def _on_choose_runs_clicked(self) -> None:
        self._ask(self.tr("Runs folder"), self._runs, self.runs_dir_selected)

    def _ask(self, title: str, shown: QLineEdit, selected: SignalInstance) -> None:
        dialog = QFileDialog(self, title, shown.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_space_changed(self, gigabytes: float) -> None:
        self.budget_selected.emit(round(gigabytes * _GIB))

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setWindowTitle(self.tr("Preferences"))
        words = (
            self.tr("Language"),
            self.tr("Theme"),
            self.tr("Motion"),
            self.tr("Data folder"),
            self.tr("Runs folder"),
            self.tr("Disk space for runs"),
        )
        editors = (self._language, self._theme, self._motion, self._folder, self._runs, self._space)
        for label, text, editor in zip(self._labels, words, editors, strict=True):
            label.setText(text)
            label.setBuddy(editor)
            editor.setAccessibleName(text)
        self._motion.setText(self.tr("Bars and views move smoothly"))
        self._choose.setText(self.tr("Choose…"))
        self._choose.setToolTip(self.tr("Look for data sets in another folder, and download to it"))
        self._choose.setAccessibleName(self.tr("Choose the data folder"))
        self._choose_runs.setText(self.tr("Choose…"))
        self._choose_runs.setToolTip(self.tr("Keep later runs in another folder, and list those that it holds"))
        self._choose_runs.setAccessibleName(self.tr("Choose the runs folder"))
        self._space.setSuffix(" GB")
        self._space.setToolTip(
            self.tr("When all runs together take more, snapshots of the oldest are deleted; results always stay")
        )
        for combo, names in (
            (self._language, (self.tr("Follow the system"), "English", "한국어")),
            (self._theme, (self.tr("Follow the system"), self.tr("Light"), self.tr("Dark"))),
        ):
            for index, name in enumerate(names):
                combo.setItemText(index, name)


def _folder(edit: str, button: str) -> tuple[QLineEdit, QPushButton]:
    shown, choose = QLineEdit(), QPushButton()
    shown.setObjectName(edit)
    shown.setReadOnly(True)
    choose.setObjectName(button)
    return shown, choose


def _beside(shown: QLineEdit, choose: QPushButton) -> QHBoxLayout:
    place = QHBoxLayout()
    place.addWidget(shown, 1)
    place.addWidget(choose)
    return place


def _combo(name: str, keys: tuple[str, ...]) -> QComboBox:
    combo = CalmCombo()
    combo.setObjectName(name)
    for key in keys:
        combo.addItem(key, key)
    return combo
