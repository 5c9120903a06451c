"""What tables show, held as columns and row numbers; and what the window remembers. No widgets."""
