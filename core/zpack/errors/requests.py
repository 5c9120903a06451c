"""Faults of a request, found before anything runs."""

from zpack.errors.base import ExitCode, Explanation, ZpackError
from zpack.errors.wording import shown


class RequestRefused(ZpackError):
    """All faults of a request together. ``faults`` is never empty."""

    code = "request-refused"

    def __init__(self, faults: list[ZpackError]) -> None:
        first = faults[0]
        details = "\n".join(f.details or f.title for f in faults) if faults[1:] else first.details
        title = f"{len(faults)} things are in the way" if faults[1:] else first.title
        super().__init__(title, details, first.hint, first.path)
        self.faults = tuple(faults)

    def explain(self) -> Explanation:
        """As data; one fault speaks for itself."""
        if len(self.faults) == 1:
            return self.faults[0].explain()
        usage = all(f.exit_code == ExitCode.USAGE for f in self.faults)
        code = ExitCode.USAGE if usage else ExitCode.FAILED
        return Explanation(self.code, int(code), self.title, self.details, self.hint, self.path)


class SourceMissing(ZpackError):
    """A file to archive that isn't there."""

    code = "source-missing"

    def __init__(self, path: str) -> None:
        super().__init__(
            "A file or folder was not found",
            f"{shown(path)} does not exist.",
            "Check the name and the place; nothing was changed.",
            path,
        )


class SourceUnreadable(ZpackError):
    """A file or folder to archive that cannot even be looked at."""

    code = "source-unreadable"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            "A file or folder cannot be read",
            f"{shown(path)}: {why}.",
            "Check its permissions; nothing was created.",
            path,
        )


class NothingToArchive(ZpackError):
    """No source given."""

    code = "nothing-to-archive"
    exit_code = ExitCode.USAGE

    def __init__(self) -> None:
        super().__init__(
            "There is nothing to archive",
            "No file or folder was named.",
            "Name at least one.",
        )


class SameName(ZpackError):
    """Two sources would get the same name in the archive."""

    code = "same-name"

    def __init__(self, first: str, second: str) -> None:
        super().__init__(
            "Two of the files have the same name",
            f"{shown(first)} and {shown(second)} would be one entry in the archive.",
            "Archive the folder that holds both, or make two archives.",
            second,
        )


class NothingReadable(ZpackError):
    """None of the sources could be read; ``why`` for this one."""

    code = "nothing-readable"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            "Nothing could be archived",
            f"{shown(path)}: {why}.",
            "Nothing was created.",
            path,
        )


class UnknownPreset(ZpackError):
    """Not a preset."""

    code = "unknown-preset"
    exit_code = ExitCode.USAGE

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(
            "There is no such preset",
            f"“{shown(name)}” is not a preset.",
            f"Choose one of: {', '.join(known)}.",
        )


class BadLevel(ZpackError):
    """A compression level out of range."""

    code = "bad-level"
    exit_code = ExitCode.USAGE

    def __init__(self, level: int, most: int = 22) -> None:
        super().__init__(
            "There is no such compression level",
            f"{level} is not between 1 and {most}.",
            f"Choose a level from 1 (fastest) to {most} (smallest).",
        )


class PresetOfOtherEnding(ZpackError):
    """The archive's name promises another format than its preset makes."""

    code = "preset-of-other-ending"
    exit_code = ExitCode.USAGE

    def __init__(self, path: str, preset: str, ending: str) -> None:
        super().__init__(
            "The preset makes another kind of archive than the name says",
            f"The preset “{shown(preset)}” makes {ending} archives; {shown(path)} ends otherwise.",
            f"Choose a name that ends with “{ending}”, or another preset.",
            path,
        )


class BadPattern(ZpackError):
    """A pattern of names that makes no sense."""

    code = "bad-pattern"
    exit_code = ExitCode.USAGE

    def __init__(self, pattern: str, why: str) -> None:
        super().__init__(
            "A pattern makes no sense",
            f"“{shown(pattern)}”: {why}.",
            "Patterns are written as in .gitignore: “*.o”, “/build/”, “docs/**/*.pdf”.",
        )


class PatternsUnreadable(ZpackError):
    """A file of patterns that cannot be read."""

    code = "patterns-unreadable"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            "A list of patterns cannot be read",
            f"{shown(path)}: {why}.",
            "It is a text file with one pattern a line, as a .gitignore is.",
            path,
        )


class BadEpoch(ZpackError):
    """``SOURCE_DATE_EPOCH`` is no time."""

    code = "bad-epoch"
    exit_code = ExitCode.USAGE

    def __init__(self, value: str) -> None:
        super().__init__(
            "SOURCE_DATE_EPOCH is not a time",
            f"“{shown(value)}” is not a whole number of seconds since 1970.",
            "Set it to such a number in the environment, or not at all.",
        )


class ContraryWishes(ZpackError):
    """Two options that cannot both be had."""

    code = "contrary-wishes"
    exit_code = ExitCode.USAGE

    def __init__(self, what: str, hint: str) -> None:
        super().__init__("These options do not go together", what, hint)


class EverythingExcluded(ZpackError):
    """Nothing is left to archive."""

    code = "everything-excluded"

    def __init__(self) -> None:
        super().__init__(
            "Nothing is left to archive",
            "All that was named is left out by what is excluded.",
            "Exclude less. Nothing was created.",
        )


class TargetInsideSource(ZpackError):
    """The archive would have to contain itself."""

    code = "target-inside-source"

    def __init__(self, target: str, source: str) -> None:
        super().__init__(
            "The archive would contain itself",
            f"{shown(target)} is inside {shown(source)}.",
            "Save the archive somewhere else.",
            target,
        )


class TargetIsSource(ZpackError):
    """A source is the archive."""

    code = "target-is-source"

    def __init__(self, source: str) -> None:
        super().__init__(
            "The archive would contain itself",
            f"{shown(source)} is the archive.",
            "Leave it out, or save the archive under another name.",
            source,
        )


class TargetExists(ZpackError):
    """Something is there already and replacing was not asked for."""

    code = "target-exists"

    def __init__(self, path: str) -> None:
        super().__init__(
            "There is already a file of that name",
            f"{shown(path)} exists.",
            "Choose another name, or allow it to be replaced (--overwrite).",
            path,
        )


class TargetIsDirectory(ZpackError):
    """A folder stands where the archive should go."""

    code = "target-is-folder"

    def __init__(self, path: str) -> None:
        super().__init__(
            "There is already a folder of that name",
            f"{shown(path)} is a folder.",
            "Choose another name for the archive.",
            path,
        )


class TargetNameless(ZpackError):
    """No name for the archive: nothing, or a folder."""

    code = "target-nameless"
    exit_code = ExitCode.USAGE

    def __init__(self, path: str) -> None:
        super().__init__(
            "The archive needs a name",
            f"“{shown(path)}” has none.",
            "Name it, for instance “photos.tar.zst”.",
            path,
        )


class TargetMisnamed(ZpackError):
    """The name promises another format."""

    code = "target-misnamed"
    exit_code = ExitCode.USAGE

    def __init__(self, path: str, format_name: str) -> None:
        super().__init__(
            f"zpack does not make {format_name} archives",
            f"{shown(path)} has the ending of one, and would be a tar.zst archive.",
            "Choose a name that ends with “.tar.zst”.",
            path,
        )


class TargetIsTerminal(ZpackError):
    """An archive that would be written onto the screen."""

    code = "target-is-terminal"
    exit_code = ExitCode.USAGE

    def __init__(self) -> None:
        super().__init__(
            "The archive would go to the terminal",
            "Standard output is a terminal, which an archive would only upset.",
            "Send it to a file or a program: “zpack create - photos > photos.tar.zst”.",
        )


class BadVolumeSize(ZpackError):
    """Volumes so small that there would be too many, or no size at all."""

    code = "bad-volume-size"
    exit_code = ExitCode.USAGE

    def __init__(self, size: int, least: int) -> None:
        super().__init__(
            "There are no volumes of that size",
            f"{size:,} bytes is less than {least:,}.",
            "Choose a size such as 100M or 4G.",
        )


class BadRecovery(ZpackError):
    """A recovery record that is too small or too large."""

    code = "bad-recovery"
    exit_code = ExitCode.USAGE

    def __init__(self, percent: int, most: int) -> None:
        super().__init__(
            "There is no recovery record of that size",
            f"{percent} % is not from 1 % to {most} %.",
            "5 % is enough for most; 10 % and more for disks that nobody looks at.",
        )


class TooManyVolumes(ZpackError):
    """The archive does not fit into as many volumes as there can be."""

    code = "too-many-volumes"

    def __init__(self, path: str, most: int) -> None:
        super().__init__(
            "There would be too many volumes",
            f"{shown(path)} would need more than {most}.",
            "Choose larger volumes (--volume-size). Nothing was created.",
            path,
        )


class VolumesAside(ZpackError):
    """Volumes that an earlier run was replacing when it was killed."""

    code = "volumes-aside"

    def __init__(self, path: str, folder: str) -> None:
        super().__init__(
            "An earlier run was killed while it replaced these volumes",
            f"What {shown(path)} was before is in the folder {shown(folder)} beside it.",
            "Move them back, or delete that folder, and try again. Nothing was changed.",
            path,
        )


class TargetUnwritable(ZpackError):
    """The archive cannot be written where it should go."""

    code = "target-unwritable"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            "The archive cannot be saved there",
            f"{shown(path)}: {why}.",
            "Choose a folder that you may write to.",
            path,
        )


class DestinationUnusable(ZpackError):
    """Nothing can be extracted into that place."""

    code = "destination-unusable"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            "Nothing can be extracted there",
            f"{shown(path)}: {why}.",
            "Choose a folder that you may write to.",
            path,
        )


class NotAFolder(ZpackError):
    """Something else than a folder where only a folder makes sense."""

    code = "not-a-folder"

    def __init__(self, path: str) -> None:
        super().__init__(
            "This is not a folder",
            f"{shown(path)} is not a folder.",
            "Name the folder that the archive was extracted to, or made from.",
            path,
        )


class MemberMissing(ZpackError):
    """An entry asked for by name that the archive does not have."""

    code = "member-missing"

    def __init__(self, name: str) -> None:
        super().__init__(
            "The archive has no such entry",
            f"There is no “{shown(name)}” in it.",
            "Use “list” to see what it has.",
            name,
        )
