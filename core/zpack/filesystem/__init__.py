"""The disk: scanning, ordering, safe paths (the one gate), writing atomically, metadata."""

from typing import TYPE_CHECKING

from zpack.lazy import make_lazy

if TYPE_CHECKING:
    from zpack.filesystem.accounts import owner_of
    from zpack.filesystem.atomic_file import AtomicFile
    from zpack.filesystem.capabilities import DiskAbilities, clear_tried, try_disk
    from zpack.filesystem.damaged_volumes import open_damaged_source
    from zpack.filesystem.deep_path import open_deep, stat_deep
    from zpack.filesystem.destination import (
        Folders,
        exists,
        link_target,
        look_at,
        make_folder,
        make_hard_link,
        make_symlink,
        open_file,
        open_new_file,
        publish,
    )
    from zpack.filesystem.exclusions import Exclusions
    from zpack.filesystem.extras import ExtrasReader
    from zpack.filesystem.holes import find_holes
    from zpack.filesystem.metadata import MetadataKeeper, Refusals
    from zpack.filesystem.open_files import allow_many_open_files, open_folder_allowance
    from zpack.filesystem.order import ArchiveOrder, archive_order
    from zpack.filesystem.patience import Patience, write_all
    from zpack.filesystem.patterns import PatternError, Patterns
    from zpack.filesystem.remove_tree import remove_tree
    from zpack.filesystem.room import free_bytes, shares_blocks
    from zpack.filesystem.safe_path import unsafe_reason
    from zpack.filesystem.scan import (
        ScannedTree,
        kind_of,
        scan_sources,
        source_attributes,
    )
    from zpack.filesystem.seen import SeenSources
    from zpack.filesystem.source_file import SourceFile
    from zpack.filesystem.source_folders import SourceFolders
    from zpack.filesystem.source_names import by_name, named_once, source_name, source_place
    from zpack.filesystem.source_rules import SourceRules
    from zpack.filesystem.source_volumes import archive_size, missing_first, open_source
    from zpack.filesystem.sparse_output import SparseOutput
    from zpack.filesystem.spool import Spool
    from zpack.filesystem.stream_source import StreamSource
    from zpack.filesystem.stream_target import StreamTarget
    from zpack.filesystem.temporary import (
        lock,
        lock_for_change,
        new_folder_beside,
        remove_left_files,
        remove_left_folders,
        remove_left_in,
        temporary_name,
    )
    from zpack.filesystem.umask import UMASK
    from zpack.filesystem.volume_names import (
        MOST_VOLUMES,
        split_volume_name,
        volume_base,
        volume_name,
        volumes_there,
    )
    from zpack.filesystem.volume_set import VolumeSet

__all__ = [
    "MOST_VOLUMES",
    "UMASK",
    "ArchiveOrder",
    "AtomicFile",
    "DiskAbilities",
    "Exclusions",
    "ExtrasReader",
    "Folders",
    "MetadataKeeper",
    "Patience",
    "PatternError",
    "Patterns",
    "Refusals",
    "ScannedTree",
    "SeenSources",
    "SourceFile",
    "SourceFolders",
    "SourceRules",
    "SparseOutput",
    "Spool",
    "StreamSource",
    "StreamTarget",
    "VolumeSet",
    "allow_many_open_files",
    "archive_order",
    "archive_size",
    "by_name",
    "clear_tried",
    "exists",
    "find_holes",
    "free_bytes",
    "kind_of",
    "link_target",
    "lock",
    "lock_for_change",
    "look_at",
    "make_folder",
    "make_hard_link",
    "make_symlink",
    "missing_first",
    "named_once",
    "new_folder_beside",
    "open_damaged_source",
    "open_deep",
    "open_file",
    "open_folder_allowance",
    "open_new_file",
    "open_source",
    "owner_of",
    "publish",
    "remove_left_files",
    "remove_left_folders",
    "remove_left_in",
    "remove_tree",
    "scan_sources",
    "shares_blocks",
    "source_attributes",
    "source_name",
    "source_place",
    "split_volume_name",
    "stat_deep",
    "temporary_name",
    "try_disk",
    "unsafe_reason",
    "volume_base",
    "volume_name",
    "volumes_there",
    "write_all",
]

make_lazy(
    __name__,
    {
        "accounts": ("owner_of",),
        "atomic_file": ("AtomicFile",),
        "capabilities": (
            "DiskAbilities",
            "clear_tried",
            "try_disk",
        ),
        "damaged_volumes": ("open_damaged_source",),
        "deep_path": (
            "open_deep",
            "stat_deep",
        ),
        "destination": (
            "Folders",
            "exists",
            "link_target",
            "look_at",
            "make_folder",
            "make_hard_link",
            "make_symlink",
            "open_file",
            "open_new_file",
            "publish",
        ),
        "exclusions": ("Exclusions",),
        "extras": ("ExtrasReader",),
        "holes": ("find_holes",),
        "metadata": (
            "MetadataKeeper",
            "Refusals",
        ),
        "open_files": (
            "allow_many_open_files",
            "open_folder_allowance",
        ),
        "order": (
            "ArchiveOrder",
            "archive_order",
        ),
        "patience": (
            "Patience",
            "write_all",
        ),
        "patterns": (
            "PatternError",
            "Patterns",
        ),
        "remove_tree": ("remove_tree",),
        "room": (
            "free_bytes",
            "shares_blocks",
        ),
        "safe_path": ("unsafe_reason",),
        "scan": (
            "ScannedTree",
            "kind_of",
            "scan_sources",
            "source_attributes",
        ),
        "seen": ("SeenSources",),
        "source_file": ("SourceFile",),
        "source_folders": ("SourceFolders",),
        "source_names": (
            "by_name",
            "named_once",
            "source_name",
            "source_place",
        ),
        "source_rules": ("SourceRules",),
        "source_volumes": (
            "archive_size",
            "missing_first",
            "open_source",
        ),
        "sparse_output": ("SparseOutput",),
        "spool": ("Spool",),
        "stream_source": ("StreamSource",),
        "stream_target": ("StreamTarget",),
        "temporary": (
            "lock",
            "lock_for_change",
            "new_folder_beside",
            "remove_left_files",
            "remove_left_folders",
            "remove_left_in",
            "temporary_name",
        ),
        "umask": ("UMASK",),
        "volume_names": (
            "MOST_VOLUMES",
            "split_volume_name",
            "volume_base",
            "volume_name",
            "volumes_there",
        ),
        "volume_set": ("VolumeSet",),
    },
)
