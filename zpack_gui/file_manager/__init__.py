"""The rest of the desktop: folders shown in the file manager."""
