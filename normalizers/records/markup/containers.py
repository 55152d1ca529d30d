"""Elements that hold records, and what stands beside records in them: of the answer of a server, not of any record."""

from __future__ import annotations

from typing import Final

CONTAINERS: Final = frozenset(
    {
        "OAI-PMH", "ListRecords", "GetRecord",  # OAI-PMH
        "searchRetrieveResponse", "records",  # SRU, and dumps of harvesters
        "collection",  # MARCXML
        "modsCollection", "lidoWrap", "resources", "dim-collection",
    }
)  # fmt: skip
"""Local names of elements that hold records and are none."""

BESIDE_RECORDS: Final = frozenset(
    {
        "responseDate", "request", "resumptionToken",  # OAI-PMH
        "version", "numberOfRecords", "nextRecordPosition", "echoedSearchRetrieveRequest", "extraResponseData", "resultSetId",  # SRU
        "diagnostics", "resultSetIdleTime",
    }
)  # fmt: skip

ERROR: Final = "error"
"""What OAI-PMH answers instead of records; its attribute ``code`` tells why."""
