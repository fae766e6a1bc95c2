# Two stages: pip and what it needs to build stay in the first.
FROM python:3.11-slim-bookworm AS pacotes
COPY requirements/base.txt .
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
      --only-binary=:all: --no-binary=certifi-icpbr -r base.txt \
 && /opt/venv/bin/pip uninstall --yes pip setuptools

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PORTAL_VAR=/app/var
WORKDIR /app
COPY --from=pacotes /opt/venv /opt/venv
COPY . .
# The settings ask for a production environment; none of these values is kept, and nothing is connected to.
RUN AMBIENTE=producao SECRET_KEY=$(python -c "import secrets; print(secrets.token_hex(32))") \
    PIMENTA=$(python -c "import secrets; print(secrets.token_hex(32))") ALLOWED_HOSTS=localhost \
    DATABASE_URL=postgres://localhost/portal REDIS_URL=redis://localhost EMAIL_URL=smtp://localhost \
    python manage.py collectstatic --noinput \
 && python -m compileall -q /app /opt/venv \
 && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin portal
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["python", "deploy/saude.py", "web"]
CMD ["gunicorn", "--config=deploy/gunicorn.conf.py"]
