"""The command ``allocator``: one file per command."""
