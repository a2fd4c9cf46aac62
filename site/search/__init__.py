"""One index and one search over posts, papers, pages of PDFs and comments."""
