"""What people tell about themselves, and what is theirs: profile, goals, projects, personas, days, notes."""
