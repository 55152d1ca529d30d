"""``python -m service`` runs the service, as ``drets serve`` does."""

from __future__ import annotations

from service.commands import serve

serve(prog_name="python -m service")
