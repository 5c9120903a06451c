"""``python -m zpack.worker``: for the window, not for people."""

from collections.abc import Mapping

from zpack.worker.process import Operation, leave, serve


def _operations() -> Mapping[str, Operation]:
    from zpack import operations  # noqa: PLC0415  # codecs and all: after the greeting

    return {
        "create": operations.create,
        "create-each": operations.create_each,
        "create-from-tar": operations.create_from_tar,
        "extract": operations.extract,
        "verify": operations.verify,
        "list": operations.list_archive,
        "info": operations.info,
        "compare": operations.compare,
        "estimate": operations.estimate,
        "repair": operations.repair,
        "assess-damage": operations.assess_damage,
        "add-recovery": operations.add_recovery,
        "add": operations.add,
        "delete": operations.delete,
        "rename": operations.rename,
        "mkdir": operations.make_folder,
    }


def main() -> None:
    """Serve one request and end the process."""
    leave(serve(_operations))


if __name__ == "__main__":
    main()
