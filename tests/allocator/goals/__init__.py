"""Tests of the goals: the exact objective, cases solved by hand where it decides, and the order of goals."""
