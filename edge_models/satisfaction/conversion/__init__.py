"""Making the shipped face and expression models from named, hashed packages."""
