"""What is inside a PDF, read in a limited child process. Nothing here knows Django."""
