"""What the service keeps beyond its own life: jobs, decisions on terms and whatever else must survive a restart.

SQLite by default, in the folder of ``DRETS_STATE``; PostgreSQL by ``DRETS_STORE`` where several instances share it. Statements
are SQLAlchemy Core and run on both.

How another module adds a table:

1. Declare it beside the code that uses it, on our metadata: ``KEYS = Table("keys", METADATA, Column(...))``. Points in time are
   seconds since 1970 (``Float``), as ``service.store.now()`` gives them: the two databases agree on numbers, not on time zones.
2. Name that module in ``DECLARING`` (``service/store/tables.py``), so that a test can compare tables and migrations.
3. Write ``service/store/migrations/versions/NNNN_what.py`` by the example of the others, with the next number as ``revision``
   and the last as ``down_revision``. The start of the service runs what is missing, in one transaction; so does ``drets store
   migrate``. A migration that is on main is never edited.
4. Use ``request.app[STORE]`` (``service.state``): ``async with store.read() as connection`` for looking, ``store.write()`` for a
   transaction that writes. It is there from the start of the application to its end. Where the database cannot be reached,
   both raise ``StoreUnavailableError``, which answers a request with 503; nothing needs to be caught.
5. What other processes and instances must hear of is announced in the same transaction: ``await announce(connection, "keys")``.
   ``app[NEWS].subscribe("keys", callback)`` calls back in every process: at once with PostgreSQL (LISTEN), and otherwise when the
   version of the topic is next looked at, every ``DRETS_NEWS_SECONDS``.
"""

from service.store.attempts import attempt
from service.store.database import Store, StoreError, StoreUnavailableError, now, open_store
from service.store.news import News, announce
from service.store.tables import METADATA
from service.store.upsert import insert

__all__ = ["METADATA", "News", "Store", "StoreError", "StoreUnavailableError", "announce", "attempt", "insert", "now", "open_store"]
