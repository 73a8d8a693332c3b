"""The rule families: one file each, with its sentence, inequality, index sets, units and reference.

Every module has one function ``rows(frame, layout)`` that yields groups of exact rows.
"""
