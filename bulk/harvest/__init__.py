"""Records from a server that speaks OAI-PMH: fetched answer by answer, and normalized on the way."""

from bulk.harvest.client import Patience, Question
from bulk.harvest.run import HarvestOrder, run_harvest

__all__ = ["HarvestOrder", "Patience", "Question", "run_harvest"]
