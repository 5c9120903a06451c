"""Numbers in words."""

_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB")


def size(count: int) -> str:
    """Bytes with two or three digits that matter: ``999 bytes``, ``1.9 GB``, ``620 MB``."""
    if count < 1000:
        return counted(count, "byte")
    value, unit = float(count), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.1f} {_UNITS[unit]}" if value < 9.95 else f"{value:.0f} {_UNITS[unit]}"


def counted(count: int, thing: str, things: str = "") -> str:
    """``1 file``, ``12,345 files``."""
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"


def contents_of(files: int, folders: int, links: int) -> str:
    """``12,345 files``, links among them, as verify counts; folders only if there are none."""
    if folders and not files + links:
        return counted(folders, "folder")
    return counted(files + links, "file")


def percent(part: int, whole: int) -> str:
    """``33 %``; rounded down, so that 100 means all."""
    return f"{100 * part // whole if whole else 100} %"


def duration(seconds: float) -> str:
    """How long something took: ``4.2 s``, ``2 min 5 s``, ``1 h 20 min``."""
    if seconds < 0.05:
        return "under 0.1 s"
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    return _long_duration(round(seconds))


def time_left(seconds: float) -> str:
    """How long something will take, no more exact than is known: ``15 s left``, ``2 min left``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s left"
    if whole < 3600:
        return f"{round(whole / 60)} min left"
    return f"{_long_duration(whole)} left"


def _long_duration(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours:,} h {minutes} min" if minutes else f"{hours:,} h"
