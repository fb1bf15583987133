"""Reports of an office: from the visits of each day to figures, each with the visits behind it."""
