"""What this program is."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from zpack.version import __version__
from zpack_gui.dialogs.sheet import Sheet
from zpack_gui.look.icons import application_icon
from zpack_gui.look.wording import words
from zpack_gui.widgets.basics import heading, label


class AboutDialog(Sheet):
    """Name, version, purpose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About zpack"))
        picture = QLabel()
        picture.setPixmap(application_icon().pixmap(QSize(64, 64), self.devicePixelRatioF()))
        self.body.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for text in (
            heading(words.fill(self.tr("zpack %1"), __version__)),
            label(self.tr("Standard archives that open at once and prove every byte."), wrap=True),
            label(self.tr("MIT licence"), "muted"),
        ):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.body.addWidget(text)
        self.foot.addStretch()
        self.add_main(self.tr("Close")).clicked.connect(self.accept)
        self.be_at_least(360)
