"""What the control sheet verifies: one family of controls per file."""
