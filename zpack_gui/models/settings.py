"""Where the window remembers things: one ini file in the user's configuration."""

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths


def settings() -> QSettings:
    """The file, opened; cheap to ask for again. GUI thread only."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    return QSettings(str(Path(folder) / "window.ini"), QSettings.Format.IniFormat)


def remembered(key: str, default: str) -> str:
    """A text remembered under ``key``."""
    value = settings().value(key, default)
    return value if isinstance(value, str) else default


def remember(key: str, value: str) -> None:
    """For the next time."""
    settings().setValue(key, value)
