"""The pages of the application: one file per page."""
