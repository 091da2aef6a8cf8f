"""Drawings as flat values, which templates only place: bars, strips, calendars, timelines."""
