"""The parts that the window and its dialogs are made of. They know no window and no dialog."""
