"""A believable site for someone who just cloned it, and the stand-in identity provider."""
