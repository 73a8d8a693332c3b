"""The sealed archive: written, opened, replayed, attacked."""
