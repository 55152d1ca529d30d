"""How many requests each client may make, whichever process or instance it asks."""

from service.rates.buckets import Rates
from service.rates.sharing import Sharing

__all__ = ["Rates", "Sharing"]
