#!/bin/sh
# Run once, when the database is made: one role owns the tables, the other serves.
set -eu
psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
    --set owner="$OWNER_PASSWORD" --set desk="$DESK_PASSWORD" <<'END'
CREATE ROLE frontdesk_owner LOGIN PASSWORD :'owner';
CREATE ROLE frontdesk_desk LOGIN PASSWORD :'desk';
CREATE DATABASE frontdesk OWNER frontdesk_owner;
END
