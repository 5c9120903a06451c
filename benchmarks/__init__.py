"""Measures zpack against other archivers, in pairs, on the same files, in one run."""
