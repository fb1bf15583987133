"""Smiles in front of a camera, counted with consent and never kept: frames in, one share out."""
