#!/bin/bash
# Runs once, when the data volume is empty: the logins of the API, of the all-organization jobs and of Temporal.
set -euo pipefail

psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  -v app="$APP_DB_PASSWORD" -v platform="$PLATFORM_DB_PASSWORD" -v temporal="$TEMPORAL_DB_PASSWORD" <<'SQL'
create role revloop_app login nosuperuser nobypassrls password :'app';
create role revloop_platform login nosuperuser nobypassrls password :'platform';
create role temporal login password :'temporal';
create database temporal owner temporal;
create database temporal_visibility owner temporal;
SQL
