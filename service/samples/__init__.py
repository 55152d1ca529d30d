"""Records to try the service with; invented, so that they belong to nobody."""
