"""What an officer sees and presses: one file per dialog, top to bottom in the order the officer meets it."""
