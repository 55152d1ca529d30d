"""Jobs: files that are normalized in the background."""

from drets.client.jobs.asynchronous import AsyncJobs
from drets.client.jobs.shapes import Job, JobState, Kind, Progress, is_finished
from drets.client.jobs.synchronous import Jobs

__all__ = ["AsyncJobs", "Job", "JobState", "Jobs", "Kind", "Progress", "is_finished"]
