"""A one-stop office that was never built: days of tickets from parameters and a seed."""
