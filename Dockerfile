# syntax=docker/dockerfile:1
FROM python:3.11-slim AS build
WORKDIR /build
RUN python -m venv /venv
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
    && /venv/bin/uv pip uninstall --python /venv/bin/python uv hatchling editables

FROM python:3.11-slim
# What reads scans; roster/ingest/ocr/tesseract.py names the languages.
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends \
      tesseract-ocr tesseract-ocr-fra tesseract-ocr-spa tesseract-ocr-por tesseract-ocr-deu \
      tesseract-ocr-ita tesseract-ocr-nld tesseract-ocr-pol tesseract-ocr-ron tesseract-ocr-ces \
      tesseract-ocr-hun tesseract-ocr-hrv tesseract-ocr-swe tesseract-ocr-tur tesseract-ocr-ell \
      tesseract-ocr-rus tesseract-ocr-ukr tesseract-ocr-bul tesseract-ocr-ara tesseract-ocr-fas \
      tesseract-ocr-osd \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /data --create-home roster
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    OPENBLAS_NUM_THREADS=1 \
    ROSTER_DATA_DIR=/data \
    ROSTER_HOST=0.0.0.0
USER roster
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ.get(\"ROSTER_PORT\", \"8000\")}/healthz', timeout=4)"]
CMD ["roster", "serve"]
