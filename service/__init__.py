"""The HTTP service: carries texts to the library and results back, and knows no language and no vocabulary.

Nothing is imported here, so that a command line that only asks which commands exist does not load a web server.
"""
