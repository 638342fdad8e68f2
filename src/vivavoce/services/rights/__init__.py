"""What people may ask for: all that is kept of them, and that it is gone. And how long sessions are kept."""
