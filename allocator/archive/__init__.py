"""The sealed archive of a plan: everything an auditor needs to check it without trusting this program."""
