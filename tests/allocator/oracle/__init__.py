"""Answers found without the program, its rules or any engine, to compare with: exact, slow, for a few cents."""
