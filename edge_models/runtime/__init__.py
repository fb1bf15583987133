"""Running trained models: only files whose card vouches for them."""
