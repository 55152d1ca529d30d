# Two stages: the first builds, the second runs. What runs has no pip-installed build tool and writes nowhere but /var/lib/drets.
# The tests run on the same minor version of Python.

FROM python:3.11.14-slim-bookworm AS build
WORKDIR /build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
COPY requirements/runtime.lock requirements/build.lock requirements/
RUN python -m pip install --require-hashes --only-binary :all: --requirement requirements/build.lock \
    && python -m venv --without-pip /opt/drets \
    && python -m pip --python /opt/drets/bin/python install --require-hashes --only-binary :all: --requirement requirements/runtime.lock
COPY pyproject.toml hatch_build.py docs_hook.py mkdocs.yml README.md CHANGELOG.md CONTRIBUTING.md LICENSE NOTICE ./
COPY docs/ docs/
COPY locales/ locales/
COPY normalizers/ normalizers/
COPY bulk/ bulk/
COPY service/ service/
COPY drets/ drets/
RUN python -m pip wheel --no-deps --no-build-isolation --no-index --wheel-dir /wheels . \
    && python -m pip --python /opt/drets/bin/python install --no-deps --no-index /wheels/*.whl

FROM python:3.11.14-slim-bookworm
LABEL org.opencontainers.image.title="drets" \
      org.opencontainers.image.description="Normalizes the rights and metadata of repository records" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --system --gid 10001 drets \
    && useradd --system --uid 10001 --gid drets --home-dir /var/lib/drets --create-home --shell /usr/sbin/nologin drets
COPY --from=build /opt/drets /opt/drets
ENV PATH=/opt/drets/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DRETS_HOST=0.0.0.0 \
    DRETS_PORT=8080 \
    DRETS_STATE=/var/lib/drets/state
WORKDIR /var/lib/drets
USER 10001:10001
EXPOSE 8080
# The image has no curl; the interpreter asks. urlopen raises on anything but success, and the check fails.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"DRETS_PORT\"]}/healthz', timeout=2)"]
# Open to all addresses of the container, and therefore not without keys: docs/operations.md has the first steps.
ENTRYPOINT ["drets"]
CMD ["serve"]
