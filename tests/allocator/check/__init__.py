"""Tests of the exact checker: one file per rule family, and plans changed one cent at a time."""
