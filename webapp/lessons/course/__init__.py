"""The lessons: each file here is one, and says all of it. CONTRIBUTING.md tells how to write another."""
