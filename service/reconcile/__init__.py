"""The reconciliation service API, by which OpenRefine and others match columns of texts with identifiers."""
