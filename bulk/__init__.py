"""The same engine without HTTP: the command line, files of any size, worker processes."""
