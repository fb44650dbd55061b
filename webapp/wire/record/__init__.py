"""What crossed the wire, as it is kept: one exchange, whole, without a credential that still counts."""
