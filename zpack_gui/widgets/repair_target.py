"""Where a repaired archive goes, and whether what is left of lost files is kept."""

import os

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from zpack_gui.widgets.form import Form
from zpack_gui.widgets.place_field import PlaceField, can_be_name


class RepairTarget(QWidget):
    """Name and folder; ``changed`` follows typing, choosing and ticking."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the repaired archive"))
        self.place = PlaceField(self.tr("Folder for the repaired archive"))
        self.keep_partial = QCheckBox(
            self.tr("&Keep what is left of lost files, in an archive of its own")
        )
        form = Form()
        form.add(self.tr("&Name"), self.name)
        form.add(self.tr("&Folder"), self.place)
        form.add("", self.keep_partial)
        self.setLayout(form)
        self.name.textChanged.connect(self.changed)
        self.place.changed.connect(self.changed)
        self.keep_partial.toggled.connect(self.changed)

    def path(self) -> str:
        """Of the archive to be; empty while no disk would take it."""
        name, place = self.name.text().strip(), self.place.place()
        if not place or not can_be_name(name):
            return ""
        return os.path.join(place, name)

    def set_path(self, path: str) -> None:
        """Show one."""
        folder, name = os.path.split(path)
        self.place.set_place(folder)
        self.name.setText(name)

    def offer_partial(self, offered: bool) -> None:
        """Whether there may be something left of files that are lost."""
        self.keep_partial.setVisible(offered)
        if not offered:
            self.keep_partial.setChecked(False)
