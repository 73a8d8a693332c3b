"""A partner's own workbook, filled from a plan: it says by named cells or on a sheet what goes where."""
