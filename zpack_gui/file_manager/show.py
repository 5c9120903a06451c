"""Shows places in the user's file manager."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_folder(path: str) -> bool:
    """Open a folder in the file manager; False if there is none to do it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(path))
