"""The verified role and organization beside a name."""
