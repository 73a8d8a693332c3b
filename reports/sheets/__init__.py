"""The sheets of the workbooks, one per file."""
