"""What other programs import to speak with a drets service; it needs none of the packages that the service is made of."""
