"""A PDF arrives: the form, the tasks that read it, what follows from a change."""
