"""Durable jobs: files of records that are normalized in the background, by worker processes.

A job lives in the store (``tables``, ``model``, ``board``) and in a folder of its own (``files``). The service takes it in
(``service.handlers.jobs``) and starts a process, the runner (``keeper``, ``runner``), which has chunks answered by worker
processes (``pool``) and writes what they answer (``tenure``, ``sinks``).

Nothing is lost and nothing doubled, whichever process ends at whatever moment, by three rules:

1. A runner holds a lease on a job, and each holding has a number of its own, the epoch. It writes to files that carry that
   number, so that two runners, one of which was thought dead, never write to the same file.
2. A chunk's output is first on the disk; then one transaction notes how long the files are, how many records that makes, and
   what was unresolved in them. It fails where the epoch is no longer the job's.
3. Of each file only the length that was noted counts. What lies behind it was never said to be done, and is done again.
"""
