"""What readers say under a page: comments, threads, moderation and the e-mail about them."""
