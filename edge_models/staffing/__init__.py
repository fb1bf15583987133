"""How many counters the next two hours need: Erlang C at once, then the simulator from now on."""
