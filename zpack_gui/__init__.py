"""The window. Qt lives only here; everything about archives is done by the engine."""
