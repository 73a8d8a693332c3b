"""What goes in: scenario documents, their file formats, their checks and the shipped examples."""
