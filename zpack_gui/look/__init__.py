"""How the window looks and words things: colours, icons, style, sizes and times."""
