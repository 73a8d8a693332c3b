"""Tests of the rule families: the exact rows, then cases solved by hand around each threshold."""
