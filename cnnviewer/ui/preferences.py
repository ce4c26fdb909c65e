"""Preferences: language, theme, motion and the data folder; each acts at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)


class Preferences(QWidget):
    """A small window; nothing in it needs an OK.

    Signals:
        language_selected: `system`, `en` or `ko`.
        theme_selected: `system`, `light` or `dark`.
        motion_selected: whether things may move.
        data_dir_selected: the folder where data sets are looked for.
    """

    language_selected = Signal(str)
    theme_selected = Signal(str)
    motion_selected = Signal(bool)
    data_dir_selected = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Window, True)
        self._language = _combo("languageCombo", ("system", "en", "ko"))
        self._theme = _combo("themeCombo", ("system", "light", "dark"))
        self._motion = QCheckBox()
        self._motion.setObjectName("motionCheck")
        self._folder = QLineEdit()
        self._folder.setObjectName("dataDirEdit")
        self._folder.setReadOnly(True)
        self._choose = QPushButton()
        self._choose.setObjectName("dataDirButton")
        place = QHBoxLayout()
        place.addWidget(self._folder, 1)
        place.addWidget(self._choose)
        self._labels = [QLabel() for _ in range(4)]
        form = QFormLayout(self)
        form.setContentsMargins(16, 16, 16, 16)
        form.setSpacing(12)
        form.addRow(self._labels[0], self._language)
        form.addRow(self._labels[1], self._theme)
        form.addRow(self._labels[2], self._motion)
        form.addRow(self._labels[3], place)
        self._language.activated.connect(self._on_language_activated)
        self._theme.activated.connect(self._on_theme_activated)
        self._motion.toggled.connect(self.motion_selected)
        self._choose.clicked.connect(self._on_choose_clicked)
        self.resize(520, 200)
        self.retranslate()

    def show_choices(self, theme_name: str, language: str, motion: bool, data_dir: str) -> None:
        """Show what is in use."""
        self._theme.setCurrentIndex(self._theme.findData(theme_name))
        self._language.setCurrentIndex(self._language.findData(language))
        self._motion.blockSignals(True)
        self._motion.setChecked(motion)
        self._motion.blockSignals(False)
        self._folder.setText(data_dir)

    def _on_language_activated(self) -> None:
        self.language_selected.emit(self._language.currentData())

    def _on_theme_activated(self) -> None:
        self.theme_selected.emit(self._theme.currentData())

    def _on_choose_clicked(self) -> None:
        dialog = QFileDialog(self, self.tr("Data folder"), self._folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._on_folder_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_folder_chosen(self, folder: str) -> None:
        self._folder.setText(folder)
        self.data_dir_selected.emit(folder)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setWindowTitle(self.tr("Preferences"))
        words = (self.tr("Language"), self.tr("Theme"), self.tr("Motion"), self.tr("Data folder"))
        editors = (self._language, self._theme, self._motion, self._folder)
        for label, text, editor in zip(self._labels, words, editors, strict=True):
            label.setText(text)
            label.setBuddy(editor)
            editor.setAccessibleName(text)
        self._motion.setText(self.tr("Bars and views move smoothly"))
        self._choose.setText(self.tr("Choose…"))
        self._choose.setToolTip(self.tr("Look for data sets in another folder, and download to it"))
        self._choose.setAccessibleName(self._choose.text())
        for combo, names in (
            (self._language, (self.tr("As the system"), "English", "한국어")),
            (self._theme, (self.tr("As the system"), self.tr("Light"), self.tr("Dark"))),
        ):
            for index, name in enumerate(names):
                combo.setItemText(index, name)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _combo(name: str, keys: tuple[str, ...]) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    for key in keys:
        combo.addItem(key, key)
    return combo
