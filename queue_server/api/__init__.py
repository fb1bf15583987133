"""HTTP: routers, live streams and problem+json over the use cases."""
