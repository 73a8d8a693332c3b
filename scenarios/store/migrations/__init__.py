"""Migrations of the store, in order: each leads from one schema to the next and is never changed once released."""
