"""Figures that a command prints: ``python -m benchmarks.<subject>``. Nothing here is a test."""
