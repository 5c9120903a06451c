"""What the status bar says of the archive and of the selection."""

from PySide6.QtCore import QObject, Slot

from zpack.entries import Kind
from zpack_gui.look.wording import words
from zpack_gui.widgets.archive_status import ArchiveStatus
from zpack_gui.widgets.browser_page import BrowserPage

# Adding up a selection takes about a millisecond for this many rows.
_MOST_ROWS = 20_000


class Totals(QObject):
    """Renewed with each selection."""

    def __init__(self, page: BrowserPage, status: ArchiveStatus) -> None:
        super().__init__(page)
        self._page, self._status = page, status
        page.selection_changed.connect(self.renew)

    @Slot()
    def renew(self) -> None:
        """Say what is selected, or what there is."""
        if self._page.archive is None:
            return
        parts = self._page.selected_rows()
        count = sum(map(len, parts))
        self._status.show_totals(self._selected(parts, count) if count else self._all())

    def _all(self) -> str:
        archive = self._page.archive
        assert archive is not None
        parts = [words.files(archive.files)]
        if archive.folders:
            parts.append(words.folders(archive.folders))
        parts.append(words.packed(archive.content_size, archive.file_size))
        parts.append(archive.format_title)
        if archive.recovery_percent:
            record = self.tr("recovery record of %1 %")
            parts.append(words.fill(record, words.number(archive.recovery_percent)))
        return " · ".join(parts)

    def _selected(self, parts: list[range | list[int]], count: int) -> str:
        text = words.fill(self.tr("%1 selected"), words.items(count))
        if count > _MOST_ROWS and count < len(self._page.model.rows()):
            return text
        return f"{text} · {words.size(self.selected_size(parts, count))}"

    def selected_size(self, parts: list[range | list[int]], count: int) -> int:
        """Bytes in the selection, with all below it."""
        model = self._page.model
        if count == len(model.rows()):
            return model.folder_size(model.folder)
        kind, size = model.listing.kind, model.listing.size
        return sum(
            model.folder_size(row) if kind[row] == Kind.DIRECTORY else size[row]
            for part in parts
            for row in part
        )
