"""What crossed the wire, as people see it: the dock, the diagram, one exchange whole, and its copies."""
