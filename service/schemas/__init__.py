"""Marshmallow schemas of what goes in and comes out over HTTP."""
