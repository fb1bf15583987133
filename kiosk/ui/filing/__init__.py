"""The parts of the filing screen: one body for each kind of question."""
