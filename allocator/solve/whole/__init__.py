"""Whole decisions: which operations are launched in whole, in which year, and which partners take part."""
