"""Asks where to extract to, and what to do about files that exist already."""

import os

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QRadioButton, QWidget

from zpack.errors import shown
from zpack.operations import ExtractRequest, Folder, OnConflict
from zpack_gui.dialogs.sheet import Sheet
from zpack_gui.look.wording import words
from zpack_gui.models.settings import remember, remembered
from zpack_gui.widgets.basics import heading
from zpack_gui.widgets.form import Form
from zpack_gui.widgets.place_field import PlaceField

_FOLDER, _CONFLICT, _OPEN = "extract/folder", "extract/conflict", "extract/open-folder"


class ExtractDialog(Sheet):
    """``wanted`` brings an ``ExtractRequest`` and whether to open the folder afterwards."""

    wanted = Signal(object, bool)

    def __init__(
        self,
        archive: str,
        everything: str,
        selected: str = "",
        members: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        """``everything`` and ``selected`` say how much that is; ``members`` are selected."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Extract"))
        self._archive, self._members = archive, members
        name = shown(os.path.basename(archive))
        self.title = heading(words.fill(self.tr("Extract %1"), name))
        self.title.setWordWrap(True)
        self.all_choice = QRadioButton(words.fill(self.tr("Everything (%1)"), everything))
        self.selected_choice = QRadioButton(
            words.fill(self.tr("Only the selection (%1)"), selected)
        )
        self.place = PlaceField(self.tr("Folder to extract to"))
        self.place.set_place(os.path.dirname(archive))
        self.folder = self._folder_choice()
        self.conflict = self._conflict_choice()
        self.open_folder = QCheckBox(self.tr("&Open the folder afterwards"))
        self.open_folder.setChecked(remembered(_OPEN, "no") == "yes")
        self._lay_out(bool(members))
        self.place.changed.connect(self._check)
        self.extract_button.clicked.connect(self._extract)
        self.place.line.setFocus()
        self.resize(560, self.sizeHint().height())

    def show_request(self, request: ExtractRequest) -> None:
        """Ask again what was asked before."""
        self.place.set_place(request.destination)
        self.folder.setCurrentIndex(self.folder.findData(request.folder.value))
        self.conflict.setCurrentIndex(self.conflict.findData(request.conflict.value))

    def _folder_choice(self) -> QComboBox:
        return _combo(
            self.tr("Folder of its own"),
            (
                (self.tr("Only if the archive has several items at its top"), Folder.SMART.value),
                (self.tr("Always"), Folder.ALWAYS.value),
                (self.tr("Never"), Folder.NONE.value),
            ),
            remembered(_FOLDER, Folder.SMART.value),
        )

    def _conflict_choice(self) -> QComboBox:
        return _combo(
            self.tr("Files that exist already"),
            (
                (self.tr("Ask"), OnConflict.ASK.value),
                (self.tr("Skip them"), OnConflict.SKIP.value),
                (self.tr("Overwrite them"), OnConflict.OVERWRITE.value),
                (self.tr("Keep both: rename the extracted one"), OnConflict.RENAME.value),
                (self.tr("Overwrite only those that are older"), OnConflict.NEWER.value),
            ),
            remembered(_CONFLICT, OnConflict.ASK.value),
        )

    def _lay_out(self, has_selection: bool) -> None:
        form = Form()
        self.all_choice.setChecked(not has_selection)
        self.selected_choice.setChecked(has_selection)
        if has_selection:
            form.add(self.tr("What"), self.selected_choice)
            form.add("", self.all_choice)
        form.add(self.tr("&To"), self.place)
        form.add(self.tr("Folder of its o&wn"), self.folder)
        form.add(self.tr("If a file e&xists"), self.conflict)
        form.add("", self.open_folder)
        self.body.addWidget(self.title)
        self.body.addLayout(form)
        self.body.addStretch()
        self.foot.addStretch()
        self.add_cancel()
        self.extract_button = self.add_main(self.tr("Extract"))

    @Slot()
    def _check(self) -> None:
        self.extract_button.setEnabled(bool(self.place.place()))

    @Slot()
    def _extract(self) -> None:
        remember(_FOLDER, self.folder.currentData())
        remember(_CONFLICT, self.conflict.currentData())
        remember(_OPEN, "yes" if self.open_folder.isChecked() else "no")
        request = ExtractRequest(
            archive=self._archive,
            destination=self.place.place(),
            members=self._members if self.selected_choice.isChecked() else (),
            folder=Folder(self.folder.currentData()),
            conflict=OnConflict(self.conflict.currentData()),
        )
        self.accept()
        self.wanted.emit(request, self.open_folder.isChecked())


def _combo(name: str, choices: tuple[tuple[str, str], ...], chosen: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for text, value in choices:
        made.addItem(text, value)
    made.setCurrentIndex(max(0, made.findData(chosen)))
    return made
