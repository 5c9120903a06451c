"""Asks what to archive, where to and how."""

import os
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from zpack.operations import DEFAULT_PRESET, CreateRequest
from zpack_gui.dialogs.replace_dialog import ReplaceDialog
from zpack_gui.dialogs.sheet import Sheet
from zpack_gui.dialogs.target_name import ENDINGS, ending_of, suggested_target, with_ending
from zpack_gui.look.wording import words
from zpack_gui.models.dropped import local_paths
from zpack_gui.models.settings import remember, remembered
from zpack_gui.widgets.basics import label
from zpack_gui.widgets.form import Form
from zpack_gui.widgets.place_field import PlaceField, can_be_name
from zpack_gui.widgets.preset_choice import PresetChoice
from zpack_gui.widgets.recovery_choice import RecoveryChoice
from zpack_gui.widgets.sources_list import SourcesList

_PRESET, _RECOVERY = "create/preset", "create/recovery"


class CreateDialog(Sheet):
    """``wanted`` brings a ``CreateRequest``; ``counting_wanted`` the sources just added, to be
    counted on a thread and told to :attr:`sources`. Never replaces a file without asking."""

    wanted = Signal(object)
    counting_wanted = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Create"))
        self.setAcceptDrops(True)
        self.sources = SourcesList()
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the archive"))
        self.place = PlaceField(self.tr("Folder for the archive"))
        self.presets = PresetChoice(remembered(_PRESET, "balanced"))
        self.recovery = RecoveryChoice()
        self.recovery.choose(_percent(remembered(_RECOVERY, "")))
        self.totals = label(role="muted")
        self._name_is_ours = True
        self.place.set_place(str(Path.home()))
        self._lay_out()
        self._connect()
        self._follow_preset()
        self._check()
        self.sources.add_files_button.setFocus()
        self.resize(640, 560)

    def _lay_out(self) -> None:
        form = Form()
        form.add(self.tr("&Name"), self.name)
        form.add(self.tr("&Folder"), self.place)
        self.body.addWidget(self.sources, 1)
        more = Form()
        more.add(self.tr("&Recovery record"), self.recovery)
        self.body.addLayout(form)
        self.body.addWidget(self.presets)
        self.body.addLayout(more)
        self.foot.addWidget(self.totals)
        self.foot.addStretch()
        self.add_cancel()
        self.create_button = self.add_main(self.tr("Create"))

    def _connect(self) -> None:
        self.sources.added.connect(self._added)
        self.sources.changed.connect(self._check)
        self.name.textEdited.connect(self._name_edited)
        self.name.textChanged.connect(self._check)
        self.place.changed.connect(self._check)
        self.presets.changed.connect(self._follow_preset)
        self.create_button.clicked.connect(self._create)

    def add_sources(self, paths: tuple[str, ...]) -> None:
        """More to archive."""
        self.sources.add(paths)

    def show_request(self, request: CreateRequest) -> None:
        """Ask again what was asked before."""
        self._name_is_ours = False
        self.add_sources(request.sources)
        self.place.set_place(os.path.dirname(request.target))
        self.name.setText(os.path.basename(request.target))
        self.presets.choose(request.preset or DEFAULT_PRESET)
        self.recovery.choose(request.recovery)

    def target(self) -> str:
        """The archive's path as it stands."""
        return os.path.join(self.place.place(), self._with_ending())

    def _with_ending(self) -> str:
        return with_ending(self.name.text().strip(), ending_of(self.presets.chosen()))

    @Slot(tuple)
    def _added(self, paths: tuple[str, ...]) -> None:
        if self._name_is_ours:
            ending = ending_of(self.presets.chosen())
            folder, name = os.path.split(suggested_target(self.sources.paths(), ending))
            self.place.set_place(folder)
            self.name.setText(name)
            self.name.setFocus()
            self.name.setSelection(0, len(name) - len(ending))
        self.counting_wanted.emit(paths)

    @Slot()
    def _follow_preset(self) -> None:
        """Presets make archives of different kinds, which their names should tell."""
        self.name.setPlaceholderText(self.tr("Name") + ending_of(self.presets.chosen()))
        if self.name.text().endswith(ENDINGS):
            self.name.setText(self._with_ending())

    @Slot()
    def _name_edited(self) -> None:
        self._name_is_ours = False

    @Slot()
    def _check(self) -> None:
        total = self.sources.total()
        parts = [words.files(total.files), words.size(total.bytes)]
        if total.unreadable:
            unread = self.tr("%n folder(s) cannot be read", "", total.unreadable)
            parts.append(words.counted(unread, total.unreadable))
        text = " · ".join(parts) + ("" if total.finished else "…")
        self.totals.setText(text if self.sources.paths() else "")
        name = self.name.text().strip()
        self.create_button.setEnabled(
            bool(self.sources.paths() and self.place.place()) and can_be_name(name)
        )

    @Slot()
    def _create(self) -> None:
        if os.path.isfile(self.target()):
            self._ask_to_replace()
        else:
            self._want(overwrite=False)

    def _ask_to_replace(self) -> None:
        text = self.tr("An archive of that name exists. It stays until the new one is whole.")
        question = ReplaceDialog(self.target(), text, self)
        question.accepted.connect(lambda: self._want(overwrite=True))
        question.open()

    def _want(self, *, overwrite: bool) -> None:
        remember(_PRESET, self.presets.chosen())
        remember(_RECOVERY, str(self.recovery.percent() or ""))
        request = CreateRequest(
            target=self.target(),
            sources=self.sources.paths(),
            preset=self.presets.chosen(),
            overwrite=overwrite,
            recovery=self.recovery.percent(),
        )
        self.accept()
        self.wanted.emit(request)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here, too."""
        if local_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """They are added."""
        event.acceptProposedAction()
        self.add_sources(local_paths(event.mimeData()))


def _percent(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 1 <= int(text) <= 100 else None
