"""What answers each address, one module a resource."""
