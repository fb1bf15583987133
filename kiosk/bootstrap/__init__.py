"""Where the processes of the edge are put together: the only place that knows concrete classes."""
