"""The damage laboratory: archives are damaged in every way, and what zpack then says and brings
back is held against what it promises. ``python3 dev.py damage``; docs/damage.md explains it."""
