#!/usr/bin/env bash
# Envoie un événement par Kafka et affiche la réponse (kcat ; python3 lit le JSON).
set -euo pipefail
event=$(cat)
field() { python3 -c 'import json,sys; print(json.loads(sys.argv[1])[sys.argv[2]])' "$1" "$2"; }
access=$(cat "$GPECT_SECRET_FILE")
kafka=(kcat -b "$GPECT_BROKERS" -X security.protocol=SASL_SSL -X sasl.mechanism=SCRAM-SHA-512
  -X "sasl.username=$(field "$access" username)" -X "sasl.password=$(field "$access" secret)"
  -X "ssl.ca.location=$GPECT_CA")

headers=(-H content-type=application/json)
for name in specversion id source type subject time; do
  headers+=(-H "ce_$name=$(field "$event" "$name")")
done
python3 -c 'import json,sys; print(json.dumps(json.loads(sys.argv[1])["data"]), end="")' "$event" |
  "${kafka[@]}" -P -t "gpect.partner.$GPECT_PARTNER.in" -k "$(field "$event" subject)" "${headers[@]}"

id=$(field "$event" id)
for _ in $(seq 30); do
  answer=$("${kafka[@]}" -C -t "gpect.partner.$GPECT_PARTNER.out" -o beginning -e -q -f '%h\t%s\n' |
    grep "ce_causationid=$id" | grep "ce_type=fr.gpect.partner.event-" | head -1 || true)
  if [ -n "$answer" ]; then
    type=$(grep -o 'ce_type=[^,]*' <<< "$answer" | cut -d= -f2)
    printf '{"type": "%s", "data": %s}\n' "$type" "$(cut -f2 <<< "$answer")"
    exit 0
  fi
  sleep 1
done
echo "pas de réponse en 30 secondes" >&2
exit 1
