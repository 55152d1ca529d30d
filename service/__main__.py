"""``python -m service`` runs the service, as ``drets serve`` does."""

from __future__ import annotations

from service.commands import serve

if __name__ == "__main__":  # a worker process that is started anew imports this module, too
    serve(prog_name="python -m service")
