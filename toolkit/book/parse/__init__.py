"""Parsers of single cells."""
