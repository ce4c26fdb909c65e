"""The yes without which no file is run, what of the file is the model, and the values that it needs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QLineEdit,
    QWidget,
)

from cnnviewer.core.models.own.source import KNOWN, DefinedModel
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.icons import icon
from cnnviewer.ui.widgets.plain_text import PlainLabel, RichLabel, caption, escaped, one_line, window_title
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated


class ConsentDialog(Translated, QDialog):
    """Asks whether a Python file may be run. It goes by itself when it has been answered.

    Signals:
        agreed: the file, and what of it is the model: `Net` or `Net(depth=2)`.
        declined: it was closed without a yes.
    """

    agreed = Signal(object, str)
    declined = Signal()

    def __init__(self, file: Path, defined: tuple[DefinedModel, ...], parent: QWidget, call: str = "") -> None:
        """`call`: what is wanted of it, such as `Net(depth=2)`: chosen at first."""
        super().__init__(parent)
        self._file = file
        self._defined = defined
        self._yes = False
        self.setObjectName("consentDialog")
        self._buttons = QDialogButtonBox()
        self._run = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self._run.setObjectName("consentRunButton")
        cancel = self._buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        cancel.setObjectName("consentCancelButton")
        cancel.setDefault(True)
        self._choice = CalmCombo()
        self._choice.setObjectName("consentClassCombo")
        for one in defined:
            self._choice.addItem(one.name, one.name)
        self._values = QLineEdit()
        self._values.setObjectName("consentArguments")
        self._hint = PlainLabel()
        self._hint.setProperty("role", "caption")
        self._hint.setWordWrap(True)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(10)
        self._form.setVerticalSpacing(8)
        self._titles = PlainLabel(), PlainLabel()
        for title, field in zip(self._titles, (self._choice, self._values), strict=True):
            self._form.addRow(title, field)
        self._form.addRow("", self._hint)
        self._said, self._more = RichLabel(), PlainLabel()
        self._arrange()
        self._form.setRowVisible(self._choice, len(defined) > 1)
        self._choice.currentIndexChanged.connect(self._show_arguments)
        self._values.textChanged.connect(self._on_values_changed)
        self._run.clicked.connect(self._on_run_clicked)
        cancel.clicked.connect(self.reject)
        self.finished.connect(self._on_finished)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        name, _, values = call.partition("(")
        self._choice.setCurrentIndex(max(0, self._choice.findData(name)))
        self._show_arguments()
        self._values.setText(values.removesuffix(")"))
        self.retranslate()

    def _arrange(self) -> None:
        sign, size = PlainLabel(), grown(32)
        sign.setPixmap(icon("warning", "warning", size).pixmap(size, size))
        grid = QGridLayout(self)
        grid.setContentsMargins(18, 16, 18, 14)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        grid.setColumnMinimumWidth(1, 420)
        grid.setColumnStretch(1, 1)
        grid.addWidget(sign, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        for row, label in enumerate((self._said, self._more)):
            label.setWordWrap(True)
            grid.addWidget(label, row, 1)
        grid.addLayout(self._form, 2, 1)
        grid.addWidget(self._buttons, 3, 0, 1, 2)

    @property
    def _chosen(self) -> DefinedModel:
        return self._defined[max(0, self._choice.currentIndex())]

    def _show_arguments(self) -> None:
        """Ask for values where the model wants some; the usual names are filled in by the program."""
        one = self._chosen
        optional = [name for name in one.optional if name not in KNOWN]
        asks = bool(one.missing or optional)
        self._form.setRowVisible(self._values, asks)
        self._form.setRowVisible(self._hint, asks)
        self._values.clear()
        self._say_arguments()
        self._on_values_changed()
        self.adjustSize()

    def _say_arguments(self) -> None:
        one = self._chosen
        optional = [name for name in one.optional if name not in KNOWN]
        example = ", ".join(f"{name}=…" for name in one.missing or optional)
        self._values.setPlaceholderText(
            example if one.missing else self.tr("{example} (optional)").format(example=example)
        )
        self._hint.setText(
            self.tr("{name} needs a value for {arguments}: numbers, texts, True, None or lists of them.").format(
                name=one.name, arguments=", ".join(one.missing)
            )
            if one.missing
            else self.tr("Without values {name} uses its own.").format(name=one.name)
        )

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        name = self._file.name
        self.setWindowTitle(window_title(self.tr("Run {file}?").format(file=name)))
        self._run.setText(caption(self.tr("Run {file}").format(file=name)))
        said = self.tr("<b>{file} is a program.</b> To use its model, it has to be run.")
        self._said.setText(said.format(file=escaped(name)))
        self._more.setText(
            self.tr(
                "A program can do anything that you can do on this computer. Run it only if you wrote it or trust "
                "whoever did.\n\n{path}"
            ).format(path=one_line(str(self._file)))
        )
        kinds = {"class": self.tr("class"), "function": self.tr("function"), "model": self.tr("model")}
        for place, one in enumerate(self._defined):
            self._choice.setItemText(place, f"{one.name} ({kinds[one.kind]})")
        for title, words in zip(self._titles, (self.tr("Model"), self.tr("Arguments")), strict=True):
            title.setText(words)
        self._choice.setAccessibleName(self.tr("Class or function of the model"))
        self._values.setAccessibleName(self.tr("Arguments of the model"))
        self._say_arguments()
        self.adjustSize()

    def _on_values_changed(self) -> None:
        self._run.setEnabled(not self._chosen.missing or bool(self._values.text().strip()))

    def _on_run_clicked(self) -> None:
        self._yes = True
        self.accept()
        values = self._values.text().strip()
        name = self._chosen.name
        self.agreed.emit(self._file, f"{name}({values})" if values else name)

    def _on_finished(self) -> None:
        if not self._yes:
            self.declined.emit()
        self.deleteLater()
