"""Explanations, checked by hand and by another solver."""
