#!/bin/sh
# Brings Temporal's two databases to the schema of this image. Safe to repeat: an existing schema is only updated.
set -eu

for name in temporal:temporal temporal_visibility:visibility; do
  database=${name%%:*}
  versions=/etc/temporal/schema/postgresql/v12/${name##*:}/versioned
  tool="temporal-sql-tool --plugin postgres12 --endpoint postgres --port 5432 --user temporal --database $database"
  # Updating fails only where no schema was ever set up; setting it up again would forget its version.
  if ! $tool update-schema -d "$versions"; then
    $tool setup-schema -v 0.0
    $tool update-schema -d "$versions"
  fi
done
