"""The accessibility review of a file: the machine's issues, people's answers, the statement readers see."""
