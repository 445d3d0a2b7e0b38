#!/bin/sh
# Make the secrets of deploy/compose.yml in deploy/secrets/, once; what is already there is left alone.
set -eu
umask 077
cd "$(dirname "$0")"
mkdir -p secrets
random() { od -An -tx1 -N24 /dev/urandom | tr -d ' \n'; }
put() { [ -e "secrets/$1" ] || printf '%s' "$2" >"secrets/$1"; }
put postgres_password "$(random)"
put redis_password "$(random)"
put rasa_token "$(random)"
[ -e secrets/broker_password ] || random >secrets/broker_password
# A Fernet key: 32 random bytes, base64 with - and _.
put desk_key "$(head -c 32 /dev/urandom | base64 | tr '+/' '-_')"
# Rasa needs the driver's name left out of the scheme; both tables live in one database.
put database_url "postgresql://donghaeng:$(cat secrets/postgres_password)@postgres:5432/donghaeng"
put tracker_url "$(cat secrets/database_url)"
put redis_url "redis://:$(cat secrets/redis_password)@redis:6379/0"
put broker_url "amqp://donghaeng:$(cat secrets/broker_password)@broker:5672/"
put smtp_url ""
put rabbitmq.conf "default_user = donghaeng
default_pass = $(cat secrets/broker_password)
"
# Containers read them as another user (10001); the folder keeps everybody else on this host out.
chmod 0700 secrets
chmod 0444 secrets/*
echo "secrets/ is ready. Keep a copy of secrets/desk_key apart from the back-ups: without it contact data is lost."
