"""What comes out: agreements, summaries and every other workbook."""
