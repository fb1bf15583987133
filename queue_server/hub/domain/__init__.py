"""Rules about the events of many offices; pure."""
