"""What in a PDF keeps people from reading it, found by machine."""
