"""How many citizens come: for each service and half hour, with an interval and its own error."""
