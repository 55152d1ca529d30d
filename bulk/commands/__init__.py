"""The subcommands of ``drets``: each reads its options and calls what does the work."""
