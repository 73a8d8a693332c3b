"""What people touch: the command line and the pages of the application. No mathematics here."""
