"""Language models through pydantic-ai. Importing a module of this folder takes a second: see providers/late.py."""
