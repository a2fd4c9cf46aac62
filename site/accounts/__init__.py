"""Who is reading: the user model, signing in, a person's own pages."""
