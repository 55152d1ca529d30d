"""What the service did, minute by minute, kept in the store at a bounded size: what the dashboard draws.

Prometheus counts the same and keeps it elsewhere, where there is one. Here nothing else need run, and a restart forgets nothing.
"""

from service.history.figures import Figures
from service.history.recorder import Recorder
from service.history.series import Point, read_series

__all__ = ["Figures", "Point", "Recorder", "read_series"]
