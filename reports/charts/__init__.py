"""Charts of a plan or of two, one per file: each gives a figure people read, and the table it is drawn from."""
