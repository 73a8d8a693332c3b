"""What every workbook is made of: live formulas, cells, formats, page set-up, words."""
