"""Pages for people. They are made of templates and scripts, and know of the service what anybody can ask it over HTTP."""

from service.pages.site import add_pages

__all__ = ["add_pages"]
