"""What the colours of an integrity map are called."""

from PySide6.QtCore import QObject

from zpack.jobs import PartState


class MapWords(QObject):
    """For verification. ``proving``: what is good was compared with digests. Stateless; an object
    only because translations belong to a class."""

    def legend(self, state: int, *, proving: bool) -> str:
        """``%1`` is how many pieces are so."""
        return {
            int(PartState.GOOD): self.tr("%1 good") if proving else self.tr("%1 as written"),
            int(PartState.REPAIRED): self.tr("%1 repaired"),
            int(PartState.DAMAGED): self.tr("%1 damaged"),
            int(PartState.WAITING): self.tr("%1 not checked"),
        }[state]

    def state(self, state: int, *, proving: bool) -> str:
        """Of one piece."""
        return {
            int(PartState.GOOD): self.tr("good") if proving else self.tr("as written"),
            int(PartState.REPAIRED): self.tr("repaired"),
            int(PartState.DAMAGED): self.tr("damaged"),
            int(PartState.WAITING): self.tr("not checked"),
        }[state]


class RepairMapWords(MapWords):
    """For a repair: what is damaged in the end is lost."""

    def __init__(self, *, done: bool) -> None:
        super().__init__()
        self._done = done

    def legend(self, state: int, *, proving: bool) -> str:
        """The same."""
        if state == PartState.REPAIRED and not self._done:
            return self.tr("%1 damaged, come back")
        if state == PartState.DAMAGED:
            return self.tr("%1 lost")
        return super().legend(state, proving=proving)

    def state(self, state: int, *, proving: bool) -> str:
        """The same."""
        if state == PartState.REPAIRED and not self._done:
            return self.tr("damaged, comes back")
        if state == PartState.DAMAGED:
            return self.tr("lost")
        return super().state(state, proving=proving)


map_words = MapWords()
before_repair_words, after_repair_words = RepairMapWords(done=False), RepairMapWords(done=True)
