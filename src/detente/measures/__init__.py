"""Measures: pure functions on frames, one a file.

A measure reads no store, no clock and no setting: it takes daily counts and a last day.
"""
