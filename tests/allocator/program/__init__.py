"""Tests of the program: index sets, columns, rows, assembly and scaling."""
