"""Puts relay, collector and board together: only here the hub knows concrete classes."""
