"""Comparisons of two scenarios and of their plans."""
