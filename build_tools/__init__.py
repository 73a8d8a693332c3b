"""What builds the house itself, apart from the program."""
