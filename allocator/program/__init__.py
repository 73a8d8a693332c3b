"""The linear program: index sets, columns and rows with stable names and exact integer coefficients."""
