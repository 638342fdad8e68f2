"""Working side by side: rooms to find, tasks, and a timer for all."""
