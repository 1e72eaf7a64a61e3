# syntax=docker/dockerfile:1
# Debian's own Python, so that one source of security updates serves all of it. `make image-check`
# replays these lines in a clean Debian and does the main job there; it knows no others.
FROM debian:bookworm-slim AS build
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends python3 python3-venv \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*
WORKDIR /build
RUN python3 -m venv /venv
COPY .ci/requirements-uv.lock .ci/requirements.lock .ci/
RUN /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: \
      -r .ci/requirements-uv.lock \
    && /venv/bin/uv pip install --no-cache --python /venv/bin/python --compile-bytecode \
      --require-hashes --only-binary :all: -r .ci/requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY roster roster
COPY matching matching
COPY api api
COPY web web
COPY fixtures fixtures
RUN /venv/bin/uv pip install --no-cache --python /venv/bin/python --compile-bytecode \
      --no-deps --no-build-isolation . \
    && /venv/bin/uv pip uninstall --python /venv/bin/python uv hatchling editables pip setuptools \
    && find /venv -type d -name tests -path '*/site-packages/*' -prune -exec rm -rf {} +

FROM debian:bookworm-slim
# What reads scans (roster/ingest/ocr/tesseract.py names the languages) and old Word files.
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends \
      ca-certificates python3 catdoc \
      tesseract-ocr tesseract-ocr-fra tesseract-ocr-spa tesseract-ocr-por tesseract-ocr-deu \
      tesseract-ocr-ita tesseract-ocr-nld tesseract-ocr-pol tesseract-ocr-ron tesseract-ocr-ces \
      tesseract-ocr-hun tesseract-ocr-hrv tesseract-ocr-swe tesseract-ocr-tur tesseract-ocr-ell \
      tesseract-ocr-rus tesseract-ocr-ukr tesseract-ocr-bul tesseract-ocr-ara tesseract-ocr-fas \
      tesseract-ocr-osd \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*
RUN useradd --system --uid 10001 --home-dir /data --create-home roster
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OPENBLAS_NUM_THREADS=1 \
    ROSTER_DATA_DIR=/data \
    ROSTER_HOST=0.0.0.0
USER roster
WORKDIR /data
VOLUME /data
EXPOSE 8000
# Only /data and /tmp are written to: run it with --read-only --tmpfs /tmp.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ.get(\"ROSTER_PORT\", \"8000\")}/healthz', timeout=4)"]
CMD ["roster", "serve"]
