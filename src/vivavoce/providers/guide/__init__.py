"""The guide: a rule-built conversation for when no language model is configured. Nothing is stored; see talk.py."""
